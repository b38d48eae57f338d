/**
 * Reads a page of metrics as Prometheus does: text format 0.0.4, or OpenMetrics 1.0 where the server says so. One bad line spoils
 * the page, as Prometheus then drops the whole scrape. Takes time linear in the page.
 */
export type Exposition = {
  format: 'text' | 'openmetrics'
  /** The first line that is wrong, from 1; null when the page is valid. */
  wrong: { line: number; why: string } | null
  /** Number of samples by family. */
  families: ReadonlyMap<string, number>
  series: number
  duplicates: { count: number; first: string | null }
  /** Milliseconds since 1970 of the oldest sample that carries a time. */
  oldest: number | null
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y
const VALUE =
  /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|[+-]?0x[0-9a-f]+(?:\.[0-9a-f]*)?(?:p[+-]?\d+)?|nan|[+-]?inf(?:inity)?)$/i
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped']
const OPEN_TYPES = [
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'stateset',
  'info',
  'unknown',
]
/** What a family of a type may end its samples' names with. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total', '_created'],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
  summary: ['_sum', '_count', '_created'],
  info: ['_info'],
}

class Wrong extends Error {}

type Reading = {
  open: boolean
  types: Map<string, string>
  families: Map<string, number>
  seen: Set<string>
  duplicates: { count: number; first: string | null }
  oldest: number | null
  ended: boolean
}

export function readExposition(text: string, { openMetrics }: { openMetrics: boolean }): Exposition {
  const reading: Reading = {
    open: openMetrics,
    types: new Map(),
    families: new Map(),
    seen: new Set(),
    duplicates: { count: 0, first: null },
    oldest: null,
    ended: false,
  }
  const wrong = firstWrong(text, reading)
  const { families, seen, duplicates, oldest } = reading
  return {
    format: openMetrics ? 'openmetrics' : 'text',
    wrong,
    families,
    series: seen.size,
    duplicates,
    oldest,
  }
}

function firstWrong(text: string, reading: Reading): Exposition['wrong'] {
  let line = 0
  try {
    for (const written of lines(text)) {
      line += 1
      if (reading.ended) throw new Wrong('something stands after # EOF')
      readLine(written, reading)
    }
    line += 1
    if (line === 1) throw new Wrong('the page is empty')
    if (!text.endsWith('\n')) throw new Wrong('the last line has no line break: the page may be cut off')
    if (reading.open && !reading.ended) throw new Wrong('# EOF is missing: the page may be cut off')
    if (reading.seen.size === 0) throw new Wrong('there is no sample')
    return null
  } catch (error) {
    if (error instanceof Wrong) return { line, why: error.message }
    throw error
  }
}

function* lines(text: string): Generator<string> {
  let from = 0
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    yield text.slice(from, end === -1 ? text.length : end)
    from = end === -1 ? text.length : end + 1
  }
}

function readLine(line: string, reading: Reading): void {
  if (line.startsWith('#')) readComment(line, reading)
  else if (line.trim() !== '') readSample(line, reading)
  else if (reading.open) throw new Wrong('OpenMetrics has no empty lines')
}

function readComment(line: string, reading: Reading): void {
  if (reading.open && line === '# EOF') {
    reading.ended = true
    return
  }
  const match = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+(\S+)(?:[ \t]+(.*))?$/.exec(line)
  if (match === null) {
    if (reading.open) throw new Wrong('OpenMetrics has no comments of other kinds')
    return
  }
  const [, word, name = '', rest = ''] = match
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name) && !/^"[^"]+"$/.test(name))
    throw new Wrong(`"${cut(name)}" is not the name of a metric`)
  if (word !== 'TYPE') return
  const type = rest.trim()
  if (!(reading.open ? OPEN_TYPES : TYPES).includes(type))
    throw new Wrong(`"${cut(type)}" is not a type of metric`)
  if (reading.types.has(name)) throw new Wrong(`${cut(name)} has two types`)
  if (reading.families.has(name)) throw new Wrong(`the type of ${cut(name)} stands after its samples`)
  reading.types.set(name, type)
}

function readSample(line: string, reading: Reading): void {
  const { name, labels, rest } = head(line)
  const [value = '', ...more] = rest.trim().split(/[ \t]+/)
  if (!VALUE.test(value)) throw new Wrong(`"${cut(value)}" is not a number`)
  const exemplar = more.indexOf('#')
  const after = reading.open && exemplar !== -1 ? more.slice(0, exemplar) : more
  if (after.length > 1) throw new Wrong('something stands after the time')
  const [time] = after
  if (time !== undefined) {
    if (!(reading.open ? /^-?\d+(?:\.\d+)?$/ : /^-?\d+$/).test(time))
      throw new Wrong(`"${cut(time)}" is not a time`)
    const ms = reading.open ? Math.round(Number(time) * 1000) : Number(time)
    reading.oldest = reading.oldest === null ? ms : Math.min(reading.oldest, ms)
  }
  const series = `${name}{${[...labels].sort().join(',')}}`
  if (reading.seen.has(series)) {
    reading.duplicates.count += 1
    reading.duplicates.first ??= cut(series)
  }
  reading.seen.add(series)
  const family = familyOf(name, reading.types)
  reading.families.set(family, (reading.families.get(family) ?? 0) + 1)
}

/** Name and labels of a sample; a name may stand in quotes among the labels (UTF-8 names). */
function head(line: string): { name: string; labels: Set<string>; rest: string } {
  NAME.lastIndex = 0
  const bare = NAME.exec(line)?.[0] ?? ''
  let at = bare.length
  const blank = () => {
    while (line.charAt(at) === ' ' || line.charAt(at) === '\t') at++
  }
  let name = bare
  const labels = new Set<string>()
  const known = new Set<string>()
  const before = at
  blank()
  if (line.charAt(at) !== '{') {
    if (name === '') throw new Wrong('this is neither a comment nor a sample')
    if (at === before) throw new Wrong('a sample has a name, then its value')
    return { name, labels, rest: line.slice(at) }
  }
  at++
  for (;;) {
    blank()
    if (line.charAt(at) === '}') break
    const isQuoted = line.charAt(at) === '"'
    LABEL.lastIndex = at
    const key = isQuoted ? quotedAt(line, at) : (LABEL.exec(line)?.[0] ?? '')
    if (key === '') throw new Wrong('a label is missing')
    at += key.length
    blank()
    if (isQuoted && name === '' && line.charAt(at) !== '=') name = key.slice(1, -1)
    else {
      if (line.charAt(at) !== '=') throw new Wrong(`the label ${cut(key)} has no value`)
      at++
      blank()
      const value = quotedAt(line, at)
      at += value.length
      if (known.has(key)) throw new Wrong(`the label ${cut(key)} stands twice`)
      known.add(key)
      labels.add(`${key}=${value}`)
    }
    blank()
    if (line.charAt(at) === ',') at++
    else if (line.charAt(at) !== '}') throw new Wrong('between labels stands a comma')
  }
  if (name === '') throw new Wrong('this sample has no name')
  return { name, labels, rest: line.slice(at + 1) }
}

/** The quoted text that starts here, quotes included. */
function quotedAt(line: string, at: number): string {
  if (line.charAt(at) !== '"') throw new Wrong('the value of a label stands in quotes')
  let end = at + 1
  while (end < line.length && line.charAt(end) !== '"') end += line.charAt(end) === '\\' ? 2 : 1
  if (end >= line.length) throw new Wrong('a quote is not closed')
  return line.slice(at, end + 1)
}

function familyOf(name: string, types: ReadonlyMap<string, string>): string {
  if (types.has(name)) return name
  const end = name.lastIndexOf('_')
  const stem = end === -1 ? name : name.slice(0, end)
  const endings = ENDINGS[types.get(stem) ?? ''] ?? []
  return endings.includes(name.slice(end)) ? stem : name
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text.toWellFormed()
}
