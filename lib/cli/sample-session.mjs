import { createHmac, randomBytes } from 'node:crypto'

/** The people of the sample target; sessions of the second end after one second of idleness, so that a probe can wait for it. */
export const USERS = {
  'probe@example.org': { password: 'a long enough sentence', idleMs: 900_000 },
  'short@example.org': { password: 'a long enough sentence', idleMs: 1_000 },
}
const COOKIE = '__Host-sid'
const TOKEN_SECONDS = { usual: 900, broken: 86_400 }
const MOST_BYTES = 4096

/** Signing in and out as probes of steps look at it: `POST /api/login`, `GET /api/private`, `POST /api/logout`, `POST /api/register`. */
export function sessions({ broken }) {
  const key = randomBytes(32)
  /** Identifier to `{ user, idleMs, seenAt }`; at most 1,000, the oldest goes first. */
  const open = new Map()

  const signed = (claims) => {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
    return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
  }

  const sessionOf = (request) => {
    const cookies = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
    const bearer = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1]
    const id =
      bearer === undefined
        ? cookies.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
        : idIn(bearer)
    const session = id === undefined ? undefined : open.get(id)
    if (session === undefined) return null
    if (Date.now() - session.seenAt > session.idleMs && !broken.has('idle')) {
      open.delete(id)
      return null
    }
    session.seenAt = Date.now()
    return { id, ...session }
  }

  const idIn = (token) => {
    try {
      const [head, claims, signature] = token.split('.')
      if (createHmac('sha256', key).update(`${head}.${claims}`).digest('base64url') !== signature)
        return undefined
      const { sid, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
      return exp > Date.now() / 1000 ? sid : undefined
    } catch {
      return undefined
    }
  }

  const signIn = ({ email, password }) => {
    if (broken.has('login')) return { status: 500, body: { error: 'broken' } }
    const user = Object.hasOwn(USERS, email) ? USERS[email] : undefined
    if (user === undefined || user.password !== password)
      return { status: 401, body: { error: 'wrong e-mail or password' } }
    const sid = randomBytes(18).toString('base64url')
    open.set(sid, { user: email, idleMs: user.idleMs, seenAt: Date.now() })
    if (open.size > 1000) open.delete(open.keys().next().value)
    const iat = Math.floor(Date.now() / 1000)
    const exp = iat + (broken.has('token') ? TOKEN_SECONDS.broken : TOKEN_SECONDS.usual)
    const flags = broken.has('cookie') ? 'Path=/; Secure' : 'Path=/; Secure; HttpOnly; SameSite=Lax'
    return {
      status: 200,
      body: {
        access_token: signed({ sub: email, sid, iat, exp }),
        token_type: 'Bearer',
        expires_in: exp - iat,
      },
      headers: { 'set-cookie': `${COOKIE}=${sid}; ${flags}`, 'cache-control': 'no-store' },
    }
  }

  return {
    /** What a path of this part answers, or null when it is not of it. */
    async answer(path, request) {
      const session = sessionOf(request)
      if (path === '/api/private') {
        if (session === null && !broken.has('private'))
          return { status: 401, body: { error: 'sign in first' }, headers: { 'www-authenticate': 'Bearer' } }
        return { status: 200, body: { user: session?.user ?? null, claims: [{ id: 'C-1' }, { id: 'C-2' }] } }
      }
      if (request.method !== 'POST' || !['/api/login', '/api/logout', '/api/register'].includes(path))
        return null
      if (path === '/api/logout') {
        if (session !== null && !broken.has('logout')) open.delete(session.id)
        return { status: 204, headers: { 'set-cookie': `${COOKIE}=; Path=/; Secure; HttpOnly; Max-Age=0` } }
      }
      const sent = await fieldsOf(request)
      if (sent === null) return { status: 400, body: { error: 'send JSON' } }
      if (path === '/api/login') return signIn(sent)
      const isWeak = typeof sent.password !== 'string' || sent.password.length < 12
      if (isWeak && !broken.has('weak')) return { status: 422, body: { error: 'the password is too short' } }
      return { status: 201, body: { created: true } }
    },
  }
}

async function fieldsOf(request) {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MOST_BYTES) return null
  }
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
