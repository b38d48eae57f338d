import { classifyAddress } from '#lib/shared/address.ts'
import { prefixFault, readSetCookie, type SetCookie } from './set-cookie.ts'

type Kept = { name: string; value: string; host: string; hostOnly: boolean; path: string; secure: boolean }
/** The cookies of one attempt. No list of public suffixes: an attempt has few hosts, and all are on the allow-list. */
export type CookieJar = readonly Kept[]

/** What became of one Set-Cookie line; `why` names what a browser would refuse. */
export type Received = { name: string; kept: boolean; why: string | null }

/** The jar after an answer's Set-Cookie lines (RFC 6265bis, 5.7). */
export function withReceived(
  jar: CookieJar,
  { url, lines, now }: { url: URL; lines: readonly string[]; now: Date },
): { jar: CookieJar; received: Received[] } {
  let next = jar
  const received = lines.map((line): Received => {
    const cookie = readSetCookie(line)
    if (cookie === null) return { name: '', kept: false, why: 'not a cookie' }
    const why = refusalOf(cookie, url)
    if (why !== null) return { name: cookie.name, kept: false, why }
    const kept = keptOf(cookie, url)
    next = next.filter((old) => !isSame(old, kept))
    const isOver =
      cookie.maxAge === null ? cookie.expires !== null && cookie.expires <= now : cookie.maxAge <= 0
    if (isOver) return { name: cookie.name, kept: false, why: 'it is over at once, which deletes it' }
    next = [...next, kept]
    return { name: cookie.name, kept: true, why: null }
  })
  return { jar: next, received }
}

/** The value of the header `cookie` for a request; null when no cookie is for it. */
export function cookieHeader(jar: CookieJar, url: URL): string | null {
  const fitting = jar.filter(
    ({ host, hostOnly, path, secure }) =>
      (hostOnly ? url.hostname === host : domainMatches(url.hostname, host)) &&
      pathMatches(url.pathname, path) &&
      (!secure || isTrustworthy(url)),
  )
  if (fitting.length === 0) return null
  const sorted = fitting.toSorted((left, right) => right.path.length - left.path.length)
  return sorted.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ')
}

function refusalOf(cookie: SetCookie, url: URL): string | null {
  if (cookie.domain !== null && !domainMatches(url.hostname, cookie.domain))
    return `its domain is ${cookie.domain}`
  if (cookie.secure && !isTrustworthy(url)) return 'it is Secure, and the connection is not'
  return prefixFault(cookie)
}

function keptOf({ name, value, domain, path, secure }: SetCookie, url: URL): Kept {
  const last = url.pathname.lastIndexOf('/')
  const usualPath = last <= 0 ? '/' : url.pathname.slice(0, last)
  return {
    name,
    value,
    host: domain ?? url.hostname,
    hostOnly: domain === null,
    path: path ?? usualPath,
    secure,
  }
}

function isSame(left: Kept, right: Kept): boolean {
  const { name, host, hostOnly, path } = left
  return name === right.name && host === right.host && hostOnly === right.hostOnly && path === right.path
}

/** Like browsers: this machine counts as secure, so that a Secure cookie can be tried without TLS there. */
function isTrustworthy({ protocol, hostname }: URL): boolean {
  const name = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'https:' || name === 'localhost' || classifyAddress(name) === 'loopback'
}

function domainMatches(host: string, domain: string): boolean {
  if (host === domain) return true
  return host.endsWith(`.${domain}`) && !/^[\d.]+$/.test(host) && !host.startsWith('[')
}

function pathMatches(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true
  return path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path.charAt(cookiePath.length) === '/')
}
