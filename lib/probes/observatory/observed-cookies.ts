import { type CookieStop, heldCookies, setCookieLines } from '../held-cookies.ts'
import type { CookieFacts } from './page-facts.ts'

/** The cookies that a browser would hold. */
export function cookiesOf(stops: readonly CookieStop[], now: Date): CookieFacts[] {
  return heldCookies(stops, now)
    .filter(({ fault }) => fault === null)
    .map(({ cookie: { name, secure, httpOnly, sameSite } }) => ({ name, secure, httpOnly, sameSite }))
}

/** Does a line say a SameSite that is none of Strict, Lax and None? */
export function hasBadSameSite(stop: CookieStop): boolean {
  return setCookieLines(stop).some((line) =>
    line.split(';').some((part) => {
      const [key = '', value = ''] = part.split('=')
      return key.trim().toLowerCase() === 'samesite' && !/^(?:lax|strict|none)$/i.test(value.trim())
    }),
  )
}
