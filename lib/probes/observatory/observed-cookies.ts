import { withReceived } from '../cookie-jar.ts'
import type { HeaderLine } from '../observations/base.ts'
import { readSetCookie } from '../set-cookie.ts'
import type { CookieFacts } from './page-facts.ts'

type Stop = { url: URL; headers: readonly HeaderLine[] }

const linesOf = ({ headers }: Stop) =>
  headers.flatMap(({ name, value }) => (name === 'set-cookie' ? [value] : []))

/** The cookies that a browser would hold after the way through `stops`: of one name, host and path the last. */
export function cookiesOf(stops: readonly Stop[], now: Date): CookieFacts[] {
  const held = new Map<string, CookieFacts>()
  for (const stop of stops)
    for (const line of linesOf(stop)) {
      const cookie = readSetCookie(line)
      if (cookie === null) continue
      const { name, secure, httpOnly, sameSite, domain, path } = cookie
      // Judged without its Secure, which is what the test is about: also one that came without TLS is graded.
      const asked = { url: new URL(stop.url.href.replace(/^http:/, 'https:')), lines: [line], now }
      const { received } = withReceived([], asked)
      const key = [domain ?? stop.url.hostname, path ?? stop.url.pathname.replace(/\/[^/]*$/, ''), name].join(
        ' ',
      )
      if (received[0]?.kept === true) held.set(key, { name, secure, httpOnly, sameSite })
      else held.delete(key)
    }
  return [...held.values()]
}

/** Does a line say a SameSite that is none of Strict, Lax and None? */
export function hasBadSameSite(stop: Stop): boolean {
  return linesOf(stop).some((line) =>
    line.split(';').some((part) => {
      const [key = '', value = ''] = part.split('=')
      return key.trim().toLowerCase() === 'samesite' && !/^(?:lax|strict|none)$/i.test(value.trim())
    }),
  )
}
