import { type Hsts, readHsts } from '../hsts.ts'
import { type Found, implied, judgeCheck, type ProbeJudge } from '../judged.ts'
import type { RedirectCheck, RedirectProbe } from '../kinds/redirect.ts'
import type { RedirectObservation } from '../observations/redirect.ts'

/** A redirect that does not lead to https protects nobody, whatever else is asked of it. */
export const redirectJudge: ProbeJudge<RedirectProbe, RedirectObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const says = conditions.some(({ on, level }) => on === 'https' && level === 'expect')
    const found = foundOf({ level: 'expect', on: 'https' }, observation)
    const unsaid = says
      ? []
      : [
          implied({
            text: 'https',
            observed: found.observed,
            wanted: 'https',
            value: 'value' in found ? found.value : null,
          }),
        ]
    return [...unsaid, ...conditions.map((check) => judgeCheck(check, foundOf(check, observation)))]
  },
}

/** A limiter, or a page put up while the site is worked on, answers for a server that was not heard: it may answer otherwise soon. */
function isBusy(status: number): boolean {
  return status === 429 || status >= 500
}

function foundOf(check: RedirectCheck, observation: RedirectObservation): Found {
  const { response, leads } = observation
  if (response === null) return { observed: 'no response', value: null }
  const { status } = response
  if (leads === null && isBusy(status))
    return { observed: `status ${status}, which says nothing of redirects`, value: null }
  switch (check.on) {
    case 'https':
    case 'same-host':
    case 'same-path': {
      if (leads === null) return { observed: `status ${status}, no redirect`, value: false }
      const holds = { https: leads.https, 'same-host': leads.sameHost, 'same-path': leads.samePath }[check.on]
      return { observed: `${status} to ${leads.to}`, value: holds }
    }
    case 'permanent': {
      const isPermanent = status === 301 || status === 308
      return {
        observed: leads === null ? `status ${status}, no redirect` : `status ${status}`,
        value: leads !== null && isPermanent,
      }
    }
    default:
      return ofHsts(check, observation)
  }
}

/** RFC 6797, 8.1: of a header twice the first counts; one that cannot be read is none. */
function ofHsts(check: RedirectCheck, { leads, there }: RedirectObservation): Found {
  if (leads === null || !leads.https) return { observed: 'no redirect to https', value: false }
  if (there === null) return { observed: 'not asked where it leads', value: null }
  const [line] = there.hsts
  if (line === undefined) return absent(check, there.status)
  const hsts = readHsts(line)
  if (hsts === null)
    return { observed: `strict-transport-security: ${line}, which means nothing`, value: false }
  return ofPolicy(check, { hsts, line })
}

function absent(check: RedirectCheck, status: number): Found {
  if (isBusy(status)) return { observed: `status ${status} without strict-transport-security`, value: null }
  const observed = 'no strict-transport-security'
  // As of every header: a time that is not given is not long enough, and nothing that could be too long.
  const differs = check.on === 'max-age' && (check.op === '!=' || check.op === '<' || check.op === '<=')
  return { observed, value: differs ? null : false }
}

function ofPolicy({ on }: RedirectCheck, { hsts, line }: { hsts: Hsts; line: string }): Found {
  const observed = `strict-transport-security: ${line}`
  if (on === 'max-age') return { observed, quantity: { value: hsts.maxAge, unit: 's' } }
  if (on === 'include-subdomains') return { observed, value: hsts.includeSubDomains }
  // A max-age of 0 makes browsers forget the policy.
  return { observed, value: on === 'preload' ? hsts.preload : hsts.maxAge !== '0' }
}
