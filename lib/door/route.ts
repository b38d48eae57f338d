import type { Principal } from '#lib/auth/mint.ts'
import { readSessionId, sessionCookieName } from '#lib/auth/principal.ts'
import { env } from '#lib/server/env.ts'
import { newId, secretHash } from '#lib/server/ids.ts'
import { log } from '#lib/server/log.ts'
import { isOwnOrigin } from './origin.ts'
import { problem } from './problem.ts'

export type Access = 'public' | 'token' | 'session'
export type RouteContext = { request: Request; principal: Principal; requestId: string }

/** The peer's address, written by our own server entry. */
function clientAddress(request: Request): string {
  return request.headers.get('x-countersign-client') ?? 'unknown'
}

function cookieOf(request: Request, name: string): string | undefined {
  const pair = request.headers
    .get('cookie')
    ?.split(/;\s*/)
    .find((entry) => entry.startsWith(`${name}=`))
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : undefined
}

async function principalOf(request: Request, access: Access): Promise<Principal | null> {
  if (access === 'public') return { kind: 'anonymous', ip: clientAddress(request) }
  if (access === 'token') {
    const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
    return bearer ? { kind: 'token', tokenHash: secretHash(bearer) } : null
  }
  const sid = await readSessionId(cookieOf(request, sessionCookieName()))
  return sid ? { kind: 'session', idHash: secretHash(sid) } : null
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Makes a route handler: finds who asks by the route's own kind of access, refuses foreign origins for cookies, answers
 * problem+json, and logs surprises with the request id that the answer carries.
 */
export function route<Params = Record<string, never>>(
  access: Access,
  handle: (context: RouteContext, params: Params) => Promise<Response>,
): (request: Request, context: { params: Promise<Params> }) => Promise<Response> {
  return async (request, { params }) => {
    const requestId = newId()
    try {
      const principal = await principalOf(request, access)
      if (!principal) {
        const challenge =
          access === 'token' ? { 'www-authenticate': 'Bearer realm="countersign"' } : undefined
        return problem(
          {
            code: 'not_signed_in',
            message: access === 'token' ? 'Send a token: Authorization: Bearer …' : 'Sign in first.',
          },
          challenge ? { headers: challenge } : {},
        )
      }
      const own = isOwnOrigin({
        origin: request.headers.get('origin'),
        fetchSite: request.headers.get('sec-fetch-site'),
        host: request.headers.get('host'),
        publicUrl: env().PUBLIC_URL,
      })
      if (access === 'session' && !SAFE.has(request.method) && !own) {
        return problem({
          code: 'foreign_origin',
          message: 'This request did not come from a page of Countersign, so it was not carried out.',
        })
      }
      const response = await handle({ request, principal, requestId }, await params)
      response.headers.set('x-request-id', requestId)
      return response
    } catch (error) {
      log().error({ err: error, requestId, path: new URL(request.url).pathname }, 'route failed')
      return problem(
        { code: 'surprise', message: `Something went wrong on our side. Request id ${requestId}.` },
        { headers: { 'x-request-id': requestId } },
      )
    }
  }
}
