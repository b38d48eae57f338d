import type { NextAuthOptions, User } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { env } from '#lib/server/env.ts'
import { sessionCookieName } from './principal.ts'

export type SignInAttempt = {
  email: string
  password: string
  ip: string
  userAgent: string
  before: string | null
}
/** A new session's id, or why there is none: a code, with the seconds to wait where there is a wait. */
export type SignInOutcome = { userId: string; sid: string } | { error: string }
type SignIn = (attempt: SignInAttempt) => Promise<SignInOutcome>

/** The cookie may live as long as the longest session; whether the session does is decided by its row alone. */
const MAX_AGE_SECONDS = 12 * 3_600

const header = (headers: unknown, name: string): string => {
  const value =
    headers && typeof headers === 'object' && name in headers
      ? (headers as Record<string, unknown>)[name]
      : ''
  return typeof value === 'string' ? value : ''
}

/**
 * next-auth as a shell around our own session table: e-mail and password in, an encrypted cookie out that carries an
 * opaque session id and nothing else. `signIn` is the command, handed in by the route because rooms below cannot know
 * it; `before` is the session id that the browser held until now.
 */
export function authOptions({ signIn, before }: { signIn: SignIn; before: string | null }): NextAuthOptions {
  const secure = env().PUBLIC_URL.startsWith('https:')
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const
  const prefix = secure ? '__Host-' : ''
  return {
    secret: env().NEXTAUTH_SECRET,
    useSecureCookies: secure,
    session: { strategy: 'jwt', maxAge: MAX_AGE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: { name: sessionCookieName(), options },
      csrfToken: { name: `${prefix}countersign.csrf`, options },
      callbackUrl: { name: `${prefix}countersign.return`, options },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request): Promise<User> {
          const outcome = await signIn({
            email: credentials?.email ?? '',
            password: credentials?.password ?? '',
            ip: header(request.headers, 'x-countersign-client') || 'unknown',
            userAgent: header(request.headers, 'user-agent'),
            before,
          })
          if ('error' in outcome) throw new Error(outcome.error)
          return { id: outcome.userId, sid: outcome.sid } as User
        },
      }),
    ],
    callbacks: {
      // Only what the row needs to be found: no name, no address, no role travels in the cookie.
      jwt: ({ token, user }) => (user && 'sid' in user ? { sid: user.sid } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
  }
}
