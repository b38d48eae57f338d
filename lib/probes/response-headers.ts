import type { Condition } from './condition.ts'
import { findInLines } from './find-pattern.ts'
import type { HeaderLine } from './observations/base.ts'
import type { HttpObservation } from './observations/http.ts'
import { isSensitiveName, maskSecrets, maskSetCookie, maskUrl, withoutControls } from './redact.ts'

/** Headers whose values are always kept, because they are evidence and hold no secrets. */
const KEPT = new Set([
  'accept-ranges',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'age',
  'allow',
  'cache-control',
  'cf-cache-status',
  'content-encoding',
  'content-language',
  'content-length',
  'content-security-policy',
  'content-security-policy-report-only',
  'content-type',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'etag',
  'expires',
  'last-modified',
  'location',
  'permissions-policy',
  'referrer-policy',
  'retry-after',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  'vary',
  'via',
  'x-cache',
  'x-content-type-options',
  'x-frame-options',
  'x-served-by',
])

/** The response's head as recorded: chosen values, and the names of all headers. */
export function recordedHeaders({
  lines,
  asked: names,
  patterns = [],
  secrets,
}: {
  lines: readonly HeaderLine[]
  /** Names of headers beside the usual ones that a condition needs. */
  asked: readonly string[]
  /** Expressions that conditions look for in lines as they are kept. */
  patterns?: readonly { name: string; pattern: string }[]
  secrets: readonly string[]
}): Pick<NonNullable<HttpObservation['response']>, 'headers' | 'headerNames' | 'matches'> {
  const asked = new Set(names)
  const headers = lines
    .filter(
      ({ name }) => KEPT.has(name) || (asked.has(name) && (name === 'set-cookie' || !isSensitiveName(name))),
    )
    .map(({ name, value }) => ({ name, value: recordedValue({ name, value }, secrets) }))
  const headerNames = [...new Set(lines.map(({ name }) => name))].sort()
  if (patterns.length === 0) return { headers, headerNames }
  const matches = patterns.map(({ name, pattern }) => {
    const own = headers.filter((header) => header.name === name).map(({ value }) => value)
    const isHidden = own.length === 0 && headerNames.includes(name)
    return { name, pattern, found: isHidden ? null : findInLines(pattern, own) }
  })
  return { headers, headerNames, matches }
}

function recordedValue({ name, value }: HeaderLine, secrets: readonly string[]): string {
  const clean = withoutControls(value)
  if (name === 'set-cookie') return maskSecrets(maskSetCookie(clean), secrets)
  return name === 'location' ? maskUrl(clean, secrets) : maskSecrets(clean, secrets)
}

/** The headers that conditions look at. */
export function askedHeaders(conditions: readonly Condition[]): string[] {
  return conditions.flatMap((condition) => {
    if (condition.on === 'directive') return [condition.header]
    const isOnHeader =
      condition.on === 'header' ||
      condition.on === 'header_in' ||
      condition.on === 'header_presence' ||
      condition.on === 'header_match' ||
      condition.on === 'header_age'
    return isOnHeader ? [condition.name] : []
  })
}

/** The expressions that conditions look for in headers. */
export function askedPatterns(conditions: readonly Condition[]): { name: string; pattern: string }[] {
  return conditions.flatMap((one) =>
    one.on === 'header_match' ? [{ name: one.name, pattern: one.pattern }] : [],
  )
}
