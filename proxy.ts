import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '#lib/server/env.ts'
import { contentSecurityPolicy, securityHeaders, strictTransport } from '#lib/server/security-headers.ts'

/** Gives each page its nonce and its headers. It authorises nothing: delete it, and every refusal still stands. */
export function proxy(request: NextRequest): NextResponse {
  const transport = strictTransport({ publicUrl: env().PUBLIC_URL })
  const policy = contentSecurityPolicy({
    nonce: randomBytes(16).toString('base64'),
    development: env().NODE_ENV === 'development',
    https: transport !== null,
  })
  const inner = new Headers(request.headers)
  // Next reads the nonce from here and puts it on its own scripts; a client cannot choose it.
  inner.set('Content-Security-Policy', policy)
  // Where signing in leads back to.
  inner.set('x-countersign-path', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers: inner } })
  response.headers.set('Content-Security-Policy', policy)
  for (const { key, value } of securityHeaders()) response.headers.set(key, value)
  if (transport) response.headers.set(transport.key, transport.value)
  return response
}

export const config = {
  // Not the API: request bodies that pass here are buffered and cut at 10 MB. Not files: they need no nonce.
  matcher: [
    {
      source: '/((?!api/|api$|_next/static/|_next/image|icon\\.svg|favicon\\.ico).*)',
      // Nor what a page's script asks of a server action: its answer is data, under the API's policy (next.config.ts).
      missing: [{ type: 'header', key: 'next-action' }],
    },
  ],
}
