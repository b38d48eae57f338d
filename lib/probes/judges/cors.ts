import { type Found, implied, judgeCheck, type ProbeJudge } from '../judged.ts'
import { type CorsCheck, type CorsProbe, isSuccess } from '../kinds/cors.ts'
import type { CorsObservation, Preflight } from '../observations/cors.ts'

/** Fetch standard, CORS-safelisted methods: no preflight has to name them. */
const SAFELISTED = ['GET', 'HEAD', 'POST']
/** A preflight is asked for the origin itself, for one that nobody knows and for `null`. */
const OTHERS = 2

/** Whoever gives cookies to every origin gives them to an attacker, so that is judged whatever else is asked. */
export const corsJudge: ProbeJudge<CorsProbe, CorsObservation> = {
  asksTarget: true,
  conditions(config, observation) {
    const open = opened(observation)
    return [
      implied({ text: 'no credentials for all', wanted: 'no credentials for all', ...open }),
      ...config.conditions.map((check) => judgeCheck(check, foundOf(check, { config, observation }))),
    ]
  },
}

type Seen = { config: CorsProbe; observation: CorsObservation }

function foundOf(check: CorsCheck, seen: Seen): Found {
  const { own } = seen.observation
  if (check.on === 'refuses-others') return refused(seen.observation)
  if (own === null) return { observed: 'no answer', value: null }
  if (check.on === 'max-age') return maxAge(own)
  const lack = lackOf(own, {
    ...seen.config,
    withCookies: isWithCookies(seen.config) || check.on === 'credentials',
  })
  if (lack !== null) return { observed: lack, value: false }
  if (check.on === 'allows') return { observed: `allows ${own.origin}`, value: true }
  return own.credentials === 'true'
    ? { observed: `credentials for ${own.origin}`, value: true }
    : { observed: `no credentials for ${own.origin}`, value: false }
}

function isWithCookies({ conditions }: CorsProbe): boolean {
  return conditions.some(({ on, level }) => on === 'credentials' && level === 'expect')
}

/** Why a browser would not go on after this preflight (Fetch standard, CORS-preflight fetch); null where it would. */
function lackOf(
  { status, origin, from, methods, headers }: Preflight,
  { verb, asks, withCookies }: Pick<CorsProbe, 'verb' | 'asks'> & { withCookies: boolean },
): string | null {
  if (!isSuccess(status)) return `preflight: status ${status}`
  if (origin === null) return 'access-control-allow-origin absent'
  if (origin === '*' && withCookies) return 'access-control-allow-origin: *, which is not for credentials'
  if (origin !== '*' && origin !== from) return `access-control-allow-origin: ${origin}`
  const isAny = (said: string[]) => !withCookies && said.includes('*')
  const verbs = listed(methods)
  if (!SAFELISTED.includes(verb) && !verbs.includes(verb) && !isAny(verbs))
    return `access-control-allow-methods: ${methods ?? 'absent'}`
  const names = listed(headers).map((name) => name.toLowerCase())
  // The star never stands for this one.
  const missing = asks.find((name) => !names.includes(name) && (name === 'authorization' || !isAny(names)))
  return missing === undefined ? null : `${missing} not in access-control-allow-headers`
}

function listed(value: string | null): string[] {
  return (value ?? '').split(',').map((part) => part.trim())
}

/** By these something in front answers for an application that does not (RFC 6585, 4; RFC 9110, 15.6.3 to 15.6.5). */
const NOT_THE_APPLICATION: readonly number[] = [429, 502, 503, 504]

/** What is down refuses everybody: that others are refused is known only where the application answers at all. */
function refused({ own, others, plain = null }: CorsObservation): Found {
  const taken = others.find(({ origin, from }) => origin === '*' || origin === from)
  if (taken !== undefined)
    return { observed: `allows ${taken.origin === '*' ? '*' : taken.from}`, value: false }
  if (others.length < OTHERS) return { observed: 'others were not asked for', value: null }
  const unheard = others.find(({ status }) => NOT_THE_APPLICATION.includes(status))
  if (unheard !== undefined)
    return { observed: `preflight for ${unheard.from}: status ${unheard.status}`, value: null }
  if (own !== null && isSuccess(own.status)) return { observed: 'others refused', value: true }
  if (plain !== null && isSuccess(plain))
    return { observed: 'others refused, as all preflights', value: true }
  const said = [own && `preflight: status ${own.status}`, plain && `GET: status ${plain}`]
  return { observed: said.filter((one) => one !== null).join(', ') || 'no answer', value: null }
}

function maxAge({ status, maxAge: said }: Preflight): Found {
  // Browsers keep nothing of a preflight that failed.
  if (!isSuccess(status)) return { observed: `preflight: status ${status}`, quantity: null }
  if (said === null) return { observed: 'access-control-max-age absent', quantity: null }
  const quantity = /^\d+$/.test(said) ? ({ value: said, unit: 's' } as const) : null
  return { observed: `access-control-max-age: ${said}`, quantity }
}

function opened({ own, others }: CorsObservation): { observed: string; value: boolean | null } {
  const all = [...(own === null ? [] : [own]), ...others]
  const open = all.find(
    ({ origin, from, credentials }) =>
      credentials === 'true' && (origin === '*' || (origin === from && from !== own?.from)),
  )
  if (open !== undefined) return { observed: `credentials for ${open.origin}`, value: false }
  if (own === null || others.length < OTHERS) return { observed: 'not asked for all', value: null }
  return { observed: 'no credentials for all', value: true }
}
