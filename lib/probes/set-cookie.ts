/** One Set-Cookie line as a user agent reads it (RFC 6265bis, 5.6); `value` never leaves the attempt. */
export type SetCookie = {
  name: string
  value: string
  secure: boolean
  httpOnly: boolean
  /** As said; null when it is missing or not one of the three. */
  sameSite: 'Strict' | 'Lax' | 'None' | null
  /** Null: for the host alone. */
  domain: string | null
  path: string | null
  maxAge: number | null
  expires: Date | null
}

const SAME_SITE: Readonly<Record<string, SetCookie['sameSite']>> = {
  strict: 'Strict',
  lax: 'Lax',
  none: 'None',
}

/** Null for a line that a browser would drop: no name and no value, or control characters. */
export function readSetCookie(line: string): SetCookie | null {
  const hasControl = [...line].some(
    (character) => (character < ' ' && character !== '\t') || character === '\x7f',
  )
  if (hasControl) return null
  const [pair = '', ...attributes] = line.split(';')
  const at = pair.indexOf('=')
  const name = at === -1 ? '' : pair.slice(0, at).trim()
  const value = pair.slice(at + 1).trim()
  if (name === '' && value === '') return null
  const cookie: SetCookie = {
    ...{ name, value, secure: false, httpOnly: false, sameSite: null },
    ...{ domain: null, path: null, maxAge: null, expires: null },
  }
  for (const attribute of attributes) readAttribute(cookie, attribute)
  return cookie
}

function readAttribute(cookie: SetCookie, attribute: string): void {
  const at = attribute.indexOf('=')
  const key = (at === -1 ? attribute : attribute.slice(0, at)).trim().toLowerCase()
  const said = at === -1 ? '' : attribute.slice(at + 1).trim()
  if (key === 'secure') cookie.secure = true
  else if (key === 'httponly') cookie.httpOnly = true
  else if (key === 'samesite') cookie.sameSite = SAME_SITE[said.toLowerCase()] ?? null
  else if (key === 'domain') cookie.domain = said.replace(/^\./, '').toLowerCase() || null
  else if (key === 'path') cookie.path = said.startsWith('/') ? said : null
  else if (key === 'max-age' && /^-?\d{1,15}$/.test(said)) cookie.maxAge = Number(said)
  else if (key === 'expires') {
    const time = Date.parse(said)
    cookie.expires = Number.isNaN(time) ? null : new Date(time)
  }
}

/** What a browser would refuse it for under the rules of name prefixes (RFC 6265bis, 4.1.3); null when they hold. */
export function prefixFault({ name, secure, domain, path }: SetCookie): string | null {
  const prefix = /^__(host|secure)-/i.exec(name)?.[1]?.toLowerCase()
  if (prefix === undefined) return null
  if (!secure) return `${name} has its prefix without Secure`
  if (prefix === 'secure') return null
  if (domain !== null) return `${name} has its prefix with a Domain`
  return path === '/' ? null : `${name} has its prefix without Path=/`
}
