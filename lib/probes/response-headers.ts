import type { Condition } from './condition.ts'
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
  secrets,
}: {
  lines: readonly HeaderLine[]
  /** Names of headers beside the usual ones that a condition needs. */
  asked: readonly string[]
  secrets: readonly string[]
}): Pick<NonNullable<HttpObservation['response']>, 'headers' | 'headerNames'> {
  const asked = new Set(names)
  const headers = lines
    .filter(
      ({ name }) => KEPT.has(name) || (asked.has(name) && (name === 'set-cookie' || !isSensitiveName(name))),
    )
    .map(({ name, value }) => ({ name, value: recordedValue({ name, value }, secrets) }))
  return { headers, headerNames: [...new Set(lines.map(({ name }) => name))].sort() }
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
      condition.on === 'header' || condition.on === 'header_in' || condition.on === 'header_presence'
    return isOnHeader ? [condition.name] : []
  })
}
