import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '#lib/auth/options.ts'
import { readSessionId, sessionCookieName } from '#lib/auth/principal.ts'
import { isOwnOrigin } from '#lib/door/origin.ts'
import { problem } from '#lib/door/problem.ts'
import { env } from '#lib/server/env.ts'
import { attemptSignIn } from './sign-in-attempt.ts'

export const access = 'public'

/** Bytes of a sign-in form: an address and a password of 1,000 characters each, escaped, fit well. */
const BODY_BYTES = 20_000

type Context = { params: Promise<{ nextauth: string[] }> }

/** What our pages use of next-auth. Its sign-out and session pages would answer from the cookie, past the session table. */
const USED = new Set(['GET csrf', 'GET providers', 'POST callback/credentials'])

async function answer(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  if (!USED.has(`${request.method} ${nextauth.join('/')}`)) {
    return problem({ code: 'not_found', message: 'There is no such thing here.' })
  }
  const own = isOwnOrigin({
    origin: request.headers.get('origin'),
    fetchSite: request.headers.get('sec-fetch-site'),
    host: request.headers.get('host'),
    publicUrl: env().PUBLIC_URL,
  })
  if (request.method === 'POST' && !own) {
    return problem({
      code: 'foreign_origin',
      message: 'This request did not come from a page of Countersign, so it was not carried out.',
    })
  }
  // next-auth reads the whole body before it looks at it, and anybody may send one.
  const length = request.headers.get('content-length')
  if (request.method === 'POST' && (length === null || Number(length) > BODY_BYTES)) {
    return problem({
      code: 'too_large',
      message: `A sign-in has at most ${BODY_BYTES} bytes and says its length.`,
    })
  }
  const before = await readSessionId(request.cookies.get(sessionCookieName())?.value)
  return NextAuth(request, context, authOptions({ signIn: attemptSignIn, before }))
}

export { answer as GET, answer as POST }
