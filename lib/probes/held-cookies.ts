import { withReceived } from './cookie-jar.ts'
import type { HeaderLine } from './observations/base.ts'
import { prefixFault, readSetCookie, type SetCookie } from './set-cookie.ts'

export type CookieStop = { url: URL; headers: readonly HeaderLine[] }
/** `fault`: why a browser refuses it. */
export type HeldCookie = { cookie: SetCookie; from: string; fault: string | null }

export function setCookieLines({ headers }: Pick<CookieStop, 'headers'>): string[] {
  return headers.flatMap(({ name, value }) => (name === 'set-cookie' ? [value] : []))
}

/** The cookies that were set on the way through `stops` and not deleted again: of one name, host and path the last. */
export function heldCookies(stops: readonly CookieStop[], now: Date): HeldCookie[] {
  const held = new Map<string, HeldCookie>()
  for (const { url, headers } of stops)
    for (const line of setCookieLines({ headers })) {
      const cookie = readSetCookie(line)
      if (cookie === null) continue
      // Read as if it came over TLS: that a Secure one came without is the finding of others.
      const asked = { url: new URL(url.href.replace(/^http:/, 'https:')), lines: [line], now }
      const [received] = withReceived([], asked).received
      const key = [
        cookie.domain ?? url.hostname,
        cookie.path ?? (url.pathname.replace(/\/[^/]*$/, '') || '/'),
        cookie.name,
      ].join(' ')
      const fault = prefixFault(cookie)
      // What is refused takes nothing away from what was kept before.
      if (fault !== null) held.set(`refused ${key}`, { cookie, from: url.hostname, fault })
      else if (received?.kept === true) held.set(key, { cookie, from: url.hostname, fault })
      else held.delete(key)
    }
  return [...held.values()]
}
