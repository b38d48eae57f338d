import type { Condition } from './condition.ts'
import { choice, condition, quantity, SUBJECTS, text } from './condition-grammar.ts'
import type { ProbeConfig } from './config.ts'
import { httpProbeSchema, isSendable, METHODS, PROBE_LIMITS, REDIRECT_MODES } from './http-probe.ts'
import { inBaseUnit } from './quantities.ts'
import { GrammarError, type ProbeProblem, Scanner } from './scanner.ts'
import { isHeaderName, isHeaderValue, isUrlTemplate } from './texts.ts'

export type { ProbeProblem } from './scanner.ts'
export type ParsedProbe = { ok: true; config: ProbeConfig } | { ok: false; problem: ProbeProblem }

const OPTIONS = ['send', 'timeout', 'redirects', 'limit', 'shelf', 'allow'] as const
const CLAUSES = ['expect', 'warn', ...OPTIONS] as const
type Clause = (typeof CLAUSES)[number]
const LONGEST_PROBE = 8_192

/**
 * Reads the text of one probe, that is what stands behind `probe:` in the comment, such as
 * `http ${BASE_URL}/health/ expect status == 200, time < 500ms, shelf 15m`. The grammar is in docs/probes.md. Takes
 * time linear in the text; never throws for any text.
 */
export function parseProbe(source: string): ParsedProbe {
  try {
    return { ok: true, config: probe(new Scanner(source)) }
  } catch (error) {
    if (error instanceof GrammarError) return { ok: false, problem: error.problem }
    throw error
  }
}

function probe(scanner: Scanner): ProbeConfig {
  if (scanner.text.length > LONGEST_PROBE)
    scanner.fail({
      offset: LONGEST_PROBE,
      message: `a probe has at most ${LONGEST_PROBE} characters`,
      expected: [],
    })
  choice(scanner, ['http'] as const, 'the kind of probe')
  const method = METHODS.find((known) => known === scanner.peekWord())
  if (method !== undefined) scanner.word()
  const draft: ProbeConfig = {
    v: 1,
    kind: 'http',
    method: method ?? 'GET',
    url: address(scanner),
    headers: [],
    conditions: [],
    timeoutMs: PROBE_LIMITS.timeoutMs.usual,
    redirects: { mode: 'none', max: 0 },
    maxBytes: PROBE_LIMITS.maxBytes.usual,
    shelfSeconds: null,
    allowWarn: false,
  }
  clauses(scanner, draft)
  return checked(scanner, draft)
}

function address(scanner: Scanner): string {
  scanner.skipBlanks()
  const offset = scanner.offset
  const token = scanner.untilBlank()
  const url = token.endsWith(',') ? token.slice(0, -1) : token
  if (!isUrlTemplate(url))
    scanner.fail({
      offset,
      message: url === '' ? 'the address is missing' : 'this is not an http or https address',
      expected: ['https://…', '$' + '{BASE_URL}/…'],
      fix: /^\//.test(url) ? `write $\{BASE_URL}${url}` : null,
    })
  return url
}

function clauses(scanner: Scanner, draft: ProbeConfig): void {
  let level: Condition['level'] | null = null
  const seen = new Set<Clause>()
  while (!scanner.atEnd()) {
    const comma = scanner.take(',')
    const mayBeCondition: boolean = level !== null && comma
    const word: Clause | (typeof SUBJECTS)[number] = choice<Clause | (typeof SUBJECTS)[number]>(
      scanner,
      mayBeCondition ? [...CLAUSES, ...SUBJECTS] : CLAUSES,
      'a clause',
    )
    const start = scanner.offset - word.length
    if (word === 'expect' || word === 'warn') level = word
    else if (isSubject(word)) scanner.offset = start
    else {
      if (seen.has(word) && word !== 'send')
        scanner.fail({
          offset: start,
          message: `"${word}" is said twice`,
          expected: [],
          fix: `keep one ${word}`,
        })
      seen.add(word)
      option(scanner, word, draft)
      continue
    }
    if (draft.conditions.length >= PROBE_LIMITS.conditions)
      scanner.fail({
        offset: start,
        message: `a probe has at most ${PROBE_LIMITS.conditions} conditions`,
        expected: [],
      })
    draft.conditions.push(condition(scanner, level ?? 'expect'))
  }
}

function isSubject(word: string): word is (typeof SUBJECTS)[number] {
  return SUBJECTS.some((subject) => subject === word)
}

function option(scanner: Scanner, word: (typeof OPTIONS)[number], draft: ProbeConfig): void {
  if (word === 'send') draft.headers.push(sentHeader(scanner, draft))
  else if (word === 'timeout') draft.timeoutMs = bounded(scanner, 'time', PROBE_LIMITS.timeoutMs, '5s')
  else if (word === 'limit') draft.maxBytes = bounded(scanner, 'bytes', PROBE_LIMITS.maxBytes, '1MiB')
  else if (word === 'redirects') draft.redirects = redirects(scanner)
  else if (word === 'allow') {
    choice(scanner, ['warn'] as const, 'what to allow')
    draft.allowWarn = true
  } else {
    const { least, most } = PROBE_LIMITS.shelfSeconds
    draft.shelfSeconds =
      bounded(scanner, 'time', { least: least * 1000, most: most * 1000, step: 1000 }, '15m') / 1000
  }
}

function bounded(
  scanner: Scanner,
  dimension: 'time' | 'bytes',
  { least, most, step = 1 }: { least: number; most: number; step?: number },
  example: string,
): number {
  scanner.skipBlanks()
  const offset = scanner.offset
  const { value, unit } = quantity(scanner)
  const right = unit !== null && (unit === 'B' || /^[kKM]i?B$/.test(unit) ? 'bytes' : 'time') === dimension
  const number = Number(inBaseUnit({ value, unit }))
  if (!right || !Number.isSafeInteger(number / step) || number < least || number > most) {
    const base = dimension === 'time' ? 'ms' : 'B'
    scanner.fail({
      offset,
      message: right
        ? `this must be a whole number from ${least}${base} to ${most}${base}`
        : `this needs a unit of ${dimension}`,
      expected: [example],
      fix: `write ${example}`,
    })
  }
  return number
}

function redirects(scanner: Scanner): ProbeConfig['redirects'] {
  const mode = choice(scanner, REDIRECT_MODES, 'how to treat redirects')
  if (mode === 'none') return { mode, max: 0 }
  const word = scanner.peekWord()
  if (!/^\d/.test(word)) return { mode, max: PROBE_LIMITS.redirects.usual }
  if (!/^(?:[1-9]|10)$/.test(word))
    scanner.fail({
      message: 'at most 10 redirects are followed, at least 1',
      expected: ['5'],
      fix: 'write 5',
    })
  return { mode, max: Number(scanner.word()) }
}

function sentHeader(scanner: Scanner, draft: ProbeConfig): ProbeConfig['headers'][number] {
  scanner.skipBlanks()
  const offset = scanner.offset
  const name = scanner.word().replace(/:$/, '').toLowerCase()
  const colon = scanner.text.charAt(scanner.offset - 1) === ':' || scanner.take(':')
  if (!isHeaderName(name) || !colon)
    scanner.fail({ offset, message: 'a header is sent as NAME: VALUE', expected: ['accept-encoding: gzip'] })
  if (!isSendable(name)) scanner.fail({ offset, message: `${name} is set by the probe itself`, expected: [] })
  if (draft.headers.some((header) => header.name === name))
    scanner.fail({ offset, message: `${name} is sent twice`, expected: [] })
  if (draft.headers.length >= PROBE_LIMITS.headers)
    scanner.fail({ offset, message: `a probe sends at most ${PROBE_LIMITS.headers} headers`, expected: [] })
  scanner.skipBlanks()
  const at = scanner.offset
  const value = text(scanner)
  if (!isHeaderValue(value))
    scanner.fail({
      offset: at,
      message: 'a header value is printable ASCII without blanks at its ends',
      expected: [],
    })
  return { name, value }
}

/** The schema has the last word, so that nothing parses that could not have been stored. */
function checked(scanner: Scanner, draft: ProbeConfig): ProbeConfig {
  if (!draft.conditions.some(({ level }) => level === 'expect'))
    scanner.fail({
      message: 'the probe says nothing to expect, so it would prove nothing',
      expected: ['expect'],
      fix: 'add: expect status == 200',
    })
  const result = httpProbeSchema.safeParse(draft)
  if (result.success) return result.data
  return scanner.fail({ message: result.error.issues[0]?.message ?? 'this probe is not valid', expected: [] })
}
