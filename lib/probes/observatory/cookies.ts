import type { CookieFacts, PageFacts } from './page-facts.ts'
import type { ResultOf } from './results.ts'

type Result = ResultOf<'cookies'>

/** From the least to the worst; one page has one result. */
const ORDER: readonly Result[] = [
  'cookies-without-secure-flag-but-protected-by-hsts',
  'cookies-without-secure-flag',
  'cookies-session-without-secure-flag-but-protected-by-hsts',
  'cookies-samesite-flag-invalid',
  'cookies-anticsrf-without-samesite-flag',
  'cookies-session-without-httponly-flag',
  'cookies-session-without-secure-flag',
]

/** Set by a load balancer for itself; nobody can change it. */
const NOT_OURS = ['heroku-session-affinity']

export function cookies({ cookies: all, hasBadSameSite }: PageFacts, hasHsts: boolean): Result {
  const ours = all.filter(({ name }) => name !== '' && !NOT_OURS.includes(name))
  if (ours.length === 0) return 'cookies-not-found'
  const faults = [
    ...(hasBadSameSite ? (['cookies-samesite-flag-invalid'] as const) : []),
    ...ours.flatMap((cookie) => faultsOf(cookie, hasHsts)),
  ]
  const worst = ORDER.findLast((result) => faults.includes(result))
  if (worst !== undefined) return worst
  return ours.every(({ sameSite }) => sameSite !== null)
    ? 'cookies-secure-with-httponly-sessions-and-samesite'
    : 'cookies-secure-with-httponly-sessions'
}

function faultsOf({ name, secure, httpOnly, sameSite }: CookieFacts, hasHsts: boolean): Result[] {
  const isSession = /login|sess/i.test(name)
  const open = (kind: 'cookies' | 'cookies-session'): Result =>
    hasHsts ? `${kind}-without-secure-flag-but-protected-by-hsts` : `${kind}-without-secure-flag`
  return [
    ...(!secure && sameSite === 'None' ? (['cookies-samesite-flag-invalid'] as const) : []),
    ...(secure ? [] : [open('cookies')]),
    ...(/csrf/i.test(name) && sameSite === null ? (['cookies-anticsrf-without-samesite-flag'] as const) : []),
    ...(isSession && !secure ? [open('cookies-session')] : []),
    ...(isSession && !httpOnly ? (['cookies-session-without-httponly-flag'] as const) : []),
  ]
}
