import { parseProbe } from './annotation.ts'
import type { ProbeConfig } from './config.ts'
import { judgeLook } from './judge-look.ts'
import { grammarOf } from './kinds.ts'
import type { Look } from './observation.ts'
import { inQuotes, quote } from './print-text.ts'

type Http = Extract<Look, { kind: 'http' }>

const MOST_LEAVES = 20
const LONGEST_LEAF = 60
/** What a subject that compares numbers is first asked for, to learn what was observed. */
const ZEROES = ['0', '0%', '0ms', '0B'] as const
/** Headers whose value is a setting and not a moment. */
const SETTINGS =
  /^(?:content-type|cache-control|location|server|vary|x-[a-z-]+|strict-transport-security|.+-policy)$/

/**
 * Conditions that this look meets, each in the words of the grammar: what a person can pick from to say what is expected. Every one
 * is judged before it is offered. None for a look that failed.
 */
export function offeredConditions({ config, seen }: { config: ProbeConfig; seen: Look }): string[] {
  if (seen.error !== null) return []
  if (seen.kind !== 'http') {
    const { subjects } = grammarOf(config.kind)
    return met({ config, seen, texts: subjects.flatMap((subject) => ofSubject({ config, seen, subject })) })
  }
  // What a JSON body holds is picked only where a condition asks for it, so these leaves are read here and not judged.
  const leaves = leavesOf(seen.body).filter((text) => asking(config, text) !== null)
  return [...met({ config, seen, texts: ofHttp(seen) }), ...leaves]
}

function met({ texts, ...asked }: Omit<Asked, 'text'> & { texts: string[] }): string[] {
  return [...new Set(texts)].filter((text) => judged({ ...asked, text })?.result === 'true')
}

/** The configuration with one condition in place of its own; null where that is no condition of its kind. */
function asking(config: ProbeConfig, text: string): ProbeConfig | null {
  const grammar = grammarOf(config.kind)
  const clauses = [
    `${config.kind} ${grammar.printHead(config)} expect ${text}`,
    ...grammar.printOptions(config),
  ]
  const parsed = parseProbe(clauses.join(', '))
  return parsed.ok && parsed.config.conditions.length === 1 ? parsed.config : null
}

type Asked = { config: ProbeConfig; seen: Look; text: string }

function judged({ config, seen, text }: Asked) {
  const asked = asking(config, text)
  if (asked === null) return undefined
  const [condition] = asked.conditions
  if (condition === undefined) return undefined
  const printed = grammarOf(asked.kind).printCondition(condition)
  return judgeLook(asked, seen).conditions.find((one) => one.text === printed)
}

/** Words of an observed value hold other numbers too; the one that is equal to itself on both sides is the value. */
const QUANTITIES = /(-?\d+(?:\.\d+)?)\s?(ms|s|%|B)?/g

/** A flag as it is, a number as at most and at least what was seen. */
function ofSubject({ config, seen, subject }: Omit<Asked, 'text'> & { subject: string }): string[] {
  if (asking(config, subject) !== null) return [subject]
  for (const zero of ZEROES) {
    const observed = judged({ config, seen, text: `${subject} >= ${zero}` })?.observed ?? ''
    for (const [, number = '', unit = ''] of observed.matchAll(QUANTITIES)) {
      if (subject === 'time') return unit === 'ms' ? [`time < ${roomFor(Number(number))}ms`] : []
      const texts = [`${subject} >= ${number}${unit}`, `${subject} <= ${number}${unit}`]
      if (met({ config, seen, texts }).length === 2) return texts
    }
  }
  return []
}

function ofHttp({ response, phases }: Http): string[] {
  if (response === null) return []
  const settings = response.headers.filter(({ name, value }) => SETTINGS.test(name) && value.length <= 120)
  return [
    `status == ${response.status}`,
    ...(phases.total === null ? [] : [`time < ${roomFor(Number(phases.total))}ms`]),
    ...settings.map(({ name, value }) => `header ${name} == ${quote(value)}`),
  ]
}

/** The next of 100, 200, 500, 1000… above twice the time: a bound that one slow answer does not break. */
function roomFor(ms: number): number {
  for (let size = 100; ; size *= 10)
    for (const step of [1, 2, 5]) if (size * step >= ms * 2) return size * step
}

/** Simple values of a JSON body as conditions. */
function leavesOf(body: Http['body']): string[] {
  const isWhole =
    body !== null && body.cut === null && body.bytes === new TextEncoder().encode(body.excerpt).length
  if (!isWhole) return []
  const found: string[] = []
  const walk = (value: unknown, path: string) => {
    if (found.length >= MOST_LEAVES) return
    if (typeof value === 'string' && value.length <= LONGEST_LEAF)
      found.push(`json ${path} == ${inQuotes(value)}`)
    else if (typeof value === 'number' || typeof value === 'boolean') found.push(`json ${path} == ${value}`)
    else if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const [name, inner] of Object.entries(value))
        if (/^[A-Za-z_][\w-]*$/.test(name)) walk(inner, path === '' ? name : `${path}.${name}`)
  }
  try {
    const whole: unknown = JSON.parse(body.excerpt)
    if (whole !== null && typeof whole === 'object') walk(whole, '')
  } catch {
    return []
  }
  return found
}
