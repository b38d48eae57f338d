import { doubledNames } from './doubled-names.ts'

/** What a JSON Web Token says of itself (RFC 7519); times are seconds as exact texts. The signature is not checked. */
export type JwtFacts = { alg: string | null; iat: string | null; exp: string | null }

const PART = /^[\w-]{1,65536}$/

/** Null for a text that is not a signed token in compact form: three parts, the first two JSON objects. */
export function readJwt(token: string): JwtFacts | null {
  const parts = token.split('.')
  const [head = '', claims = '', signature = ''] = parts
  // An empty signature is a token all the same (alg none): that is what one wants to see.
  if (
    parts.length !== 3 ||
    !PART.test(head) ||
    !PART.test(claims) ||
    (signature !== '' && !PART.test(signature))
  )
    return null
  const [header, payload] = [objectOf(head), objectOf(claims)]
  if (header === null || payload === null) return null
  return {
    alg: typeof header.alg === 'string' ? header.alg.slice(0, 40) : null,
    iat: secondsOf(payload.iat),
    exp: secondsOf(payload.exp),
  }
}

function objectOf(part: string): Record<string, unknown> | null {
  try {
    const text = Buffer.from(part, 'base64url').toString('utf8')
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    // A claim that stands twice says nothing (RFC 7519, 4).
    const twice = doubledNames(text, ['alg', 'iat', 'exp'])
    return Object.fromEntries(Object.entries(value).filter(([name]) => !twice.has(name)))
  } catch {
    return null
  }
}

/** NumericDate (RFC 7519, 2), whole milliseconds at most; anything else is not known. */
function secondsOf(value: unknown): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 1e11) return null
  return String(Math.round(value * 1000) / 1000)
}
