import type { Principal } from '#lib/auth/mint.ts'
import { readSessionId, sessionCookieName } from '#lib/auth/principal.ts'
import { env } from '#lib/server/env.ts'
import { secretHash } from '#lib/server/ids.ts'
import { log } from '#lib/server/log.ts'
import { currentRequest, inRequest, REQUEST_ID_HEADER, requestIdFrom } from '#lib/server/requests.ts'
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
  try {
    return pair ? decodeURIComponent(pair.slice(name.length + 1)) : undefined
  } catch {
    // Not what we ever set: as good as none.
    return undefined
  }
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

function unsigned(access: Access): Response {
  if (access !== 'token') return problem({ code: 'not_signed_in', message: 'Sign in first.' })
  return problem(
    { code: 'not_signed_in', message: 'Send a token: Authorization: Bearer …' },
    { headers: { 'www-authenticate': 'Bearer realm="countersign"' } },
  )
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

async function answer<Params>({
  access,
  handle,
  request,
  params,
  requestId,
}: {
  access: Access
  handle: (context: RouteContext, params: Params) => Promise<Response>
  request: Request
  params: Promise<Params>
  requestId: string
}): Promise<Response> {
  try {
    const principal = await principalOf(request, access)
    if (!principal) return unsigned(access)
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
    return await handle({ request, principal, requestId }, await params)
  } catch (error) {
    log().error({ err: error }, 'route failed')
    return problem({
      code: 'surprise',
      message: `Something went wrong on our side. Request id ${requestId}.`,
    })
  }
}

/**
 * Makes a route handler: finds who asks by the route's own kind of access, refuses foreign origins for cookies, answers
 * problem+json, and logs surprises. Every answer carries the request's id.
 */
export function route<Params = Record<string, never>>(
  access: Access,
  handle: (context: RouteContext, params: Params) => Promise<Response>,
): (request: Request, context: { params: Promise<Params> }) => Promise<Response> {
  return (request, { params }) => {
    const given = { id: requestIdFrom(request.headers.get(REQUEST_ID_HEADER)) }
    return inRequest(given, async () => {
      const requestId = currentRequest()?.id ?? given.id
      const response = await answer({ access, handle, request, params, requestId })
      response.headers.set(REQUEST_ID_HEADER, requestId)
      return response
    })
  }
}
