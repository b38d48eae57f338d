import { counted } from '#lib/shared/words.ts'
import { type Found, implied, judgeCheck, type ProbeJudge } from '../judged.ts'
import type { COOKIE_TRAITS, CookiesCheck, CookiesProbe } from '../kinds/cookies.ts'
import type { CookieSeen, CookiesObservation } from '../observations/cookies.ts'

type Trait = (typeof COOKIE_TRAITS)[number]

/** What a browser refuses is not a cookie that works: the rules of prefixes go without saying. So does a page that answers. */
export const cookiesJudge: ProbeJudge<CookiesProbe, CookiesObservation> = {
  asksTarget: true,
  conditions({ conditions }, { cookies, response }) {
    const status = response?.status ?? null
    const isPage = status !== null && ((status >= 200 && status <= 399) || status === 401 || status === 403)
    const answered = implied({
      text: 'status 200 to 399, 401 or 403',
      observed: status === null ? 'no response' : `status ${status}`,
      wanted: '200 to 399, 401 or 403',
      value: status === null ? null : isPage,
    })
    const fault = cookies?.find((cookie) => cookie.fault !== null)?.fault ?? null
    const isKnown = cookies !== null && cookies.length > 0
    const prefixes = implied({
      text: 'prefixes hold',
      observed: fault ?? (isKnown ? `${cookies.length} set` : 'no cookie set'),
      wanted: 'a cookie that browsers keep',
      value: isKnown ? fault === null : null,
    })
    const judged = conditions.map((check) => judgeCheck(check, foundOf(check, cookies)))
    // Where none is wanted, none is no lack.
    return isKnown ? [answered, prefixes, ...judged] : [answered, ...judged]
  },
}

function foundOf(check: CookiesCheck, cookies: readonly CookieSeen[] | null): Found {
  if (cookies === null) return { observed: 'no response', value: null }
  if (check.on === 'count')
    return {
      observed: counted({ count: cookies.length, one: 'cookie' }),
      quantity: { value: String(cookies.length), unit: null },
    }
  if (check.on === 'all') return every(cookies, check.word)
  const named = cookies.filter(({ name }) => name === check.name)
  if (check.word === 'present' || check.word === 'absent') {
    const observed = `${check.name} ${named.length > 0 ? 'set' : 'not set'}`
    return { observed, value: named.length > 0 === (check.word === 'present') }
  }
  return named.length === 0 ? { observed: `${check.name} not set`, value: null } : every(named, check.word)
}

/** Of no cookie nothing can be said. */
function every(cookies: readonly CookieSeen[], trait: Trait): Found {
  if (cookies.length === 0) return { observed: 'no cookie set', value: null }
  const without = cookies.find((cookie) => !has(cookie, trait))
  if (without !== undefined) return { observed: said(without, trait), value: false }
  return {
    observed: `${cookies
      .map(({ name }) => name)
      .slice(0, 3)
      .join(', ')} ${trait}`,
    value: true,
  }
}

function has({ name, secure, httpOnly, sameSite, domain, session }: CookieSeen, trait: Trait): boolean {
  switch (trait) {
    case 'secure':
      return secure
    case 'http-only':
      return httpOnly
    case 'same-site':
      return sameSite === 'Strict' || sameSite === 'Lax'
    case 'strict':
      return sameSite === 'Strict'
    case 'lax':
      return sameSite === 'Lax'
    case 'host-only':
      return domain === null
    case 'prefixed':
      return /^__(?:host|secure)-/i.test(name)
    case 'session':
      return session
  }
}

function said({ name, sameSite, domain }: CookieSeen, trait: Trait): string {
  if (trait === 'same-site' || trait === 'strict' || trait === 'lax')
    return `${name} with SameSite ${sameSite ?? 'not said'}`
  if (trait === 'host-only') return `${name} for ${domain ?? ''}`
  return `${name} not ${trait}`
}
