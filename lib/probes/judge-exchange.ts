import type { ConditionOf } from './condition.ts'
import { compareDecimals } from './decimals.ts'
import { type Finding, headerValue, shortened } from './finding.ts'
import { httpDate } from './http-date.ts'
import { holds, wish } from './judged.ts'
import type { HttpObservation } from './observations/http.ts'
import { compareQuantities, inUnit } from './quantities.ts'
import { MASK } from './redact.ts'

/** How far the clock of a server may run ahead before a date of its own counts as one of the future. */
const CLOCK_MS = 60_000

export function headerMatch(
  { name, op, pattern }: ConditionOf<'header_match'>,
  observation: HttpObservation,
): Finding {
  const wanted = `${op} ${shortened(pattern)}`
  const value = headerValue(observation, name)
  // As everywhere: an absent header holds nothing, and nothing is there to differ.
  if (value === undefined)
    return { observed: `${name} absent`, wanted, value: op === 'matches' ? false : null }
  if (value === null) return { observed: `${name}: value not kept`, wanted, value: null }
  const seen = observation.response?.matches?.find((one) => one.name === name && one.pattern === pattern)
  if (seen === undefined) return { observed: `${name}: not looked for`, wanted, value: null }
  return { observed: `${name}: ${value}`, wanted, value: asAsked(op, seen.found) }
}

export function bodyMatch({ op, pattern }: ConditionOf<'body_match'>, { body }: HttpObservation): Finding {
  const wanted = `${op} ${shortened(pattern)}`
  if (body === null) return { observed: 'no body', wanted, value: null }
  const seen = body.matches?.find((one) => one.pattern === pattern)
  if (seen === undefined) return { observed: 'not looked for', wanted, value: null }
  if (seen.found === true) return { observed: 'body has a match', wanted, value: op === 'matches' }
  if (body.cut !== null) return { observed: `body cut after ${body.bytes} B`, wanted, value: null }
  if (seen.found === null)
    return { observed: `no match in the ${seen.searched} characters searched`, wanted, value: null }
  return { observed: 'body without a match', wanted, value: op === 'not-matches' }
}

function asAsked(op: 'matches' | 'not-matches', found: boolean | null): boolean | null {
  return found === null ? null : found === (op === 'matches')
}

export function httpVersion(
  { op, value }: ConditionOf<'http_version'>,
  { response }: HttpObservation,
): Finding {
  const version = response?.httpVersion ?? ''
  const order = /^\d\.\d$/.test(version) ? compareDecimals(version, value) : null
  const wanted = wish(op, `HTTP/${value}`)
  return { observed: `HTTP/${version}`, wanted, value: order === null ? null : holds(op, order) }
}

/** Of the answer that is judged, behind all redirects. Said by the address and the handshake both, or unknown. */
export function overTls({ used }: ConditionOf<'tls'>, { request, tls }: HttpObservation): Finding {
  const wanted = used ? 'over TLS' : 'without TLS'
  const scheme = request === null ? null : (/^(https?):/.exec(request.url)?.[1] ?? null)
  const isOver = scheme === 'https' && tls !== null ? true : scheme === 'http' && tls === null ? false : null
  const observed =
    isOver === null ? 'TLS not known' : isOver ? `over TLS ${tls?.version ?? ''}` : 'without TLS'
  return { observed, wanted, value: isOver === null ? null : isOver === used }
}

/** A text that begins with a slash is compared with path and query alone; fragments are never sent and play no part. */
export function finalUrl({ op, value }: ConditionOf<'final_url'>, { request }: HttpObservation): Finding {
  const wanted = wish(op, value)
  if (request === null || !URL.canParse(request.url)) return { observed: 'no address', wanted, value: null }
  const { origin, pathname, search } = new URL(request.url)
  const isPath = value.startsWith('/')
  const seen = `${isPath ? '' : origin}${pathname}${search}`
  const observed = `${origin}${pathname}${search}`
  if (op === 'contains' || op === 'lacks') {
    const has = seen.includes(value)
    const isKnown = has || !isMasked(seen)
    return { observed, wanted, value: isKnown ? has === (op === 'contains') : null }
  }
  if (isMasked(seen)) return { observed, wanted, value: null }
  return { observed, wanted, value: (seen === spelled(value)) === (op === '==') }
}

/** A masked part is kept as the mask, or as it stands in an address once that was read. */
function isMasked(text: string): boolean {
  return text.includes(MASK) || text.includes(encodeURIComponent(MASK))
}

function spelled(value: string): string {
  if (!URL.canParse(value)) return value
  const { origin, pathname, search } = new URL(value)
  return `${origin}${pathname}${search}`
}

/** How old a date in a header was when the attempt began. */
export function headerAge(
  { name, op, value, unit }: ConditionOf<'header_age'>,
  observation: HttpObservation,
): Finding {
  const wanted = wish(op, `${value}${unit}`)
  const text = headerValue(observation, name)
  if (text === undefined) return { observed: `${name} absent`, wanted, value: null }
  if (text === null) return { observed: `${name}: value not kept`, wanted, value: null }
  const at = Date.parse(observation.at)
  const date = httpDate(text)
  if (date === null || Number.isNaN(at)) return { observed: `${name}: ${text}`, wanted, value: null }
  if (date - at > CLOCK_MS) return { observed: `${name}: ${text}, which is yet to come`, wanted, value: null }
  const age = { value: String(Math.max(0, Math.floor((at - date) / 1000))), unit: 's' } as const
  const order = compareQuantities(age, { value, unit })
  return {
    observed: `${name} ${inUnit(age, unit)} old`,
    wanted,
    value: order === null ? null : holds(op, order),
  }
}
