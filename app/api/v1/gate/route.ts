import { mintActor } from '#lib/auth/mint.ts'
import { problem } from '#lib/door/problem.ts'
import { type RouteContext, route } from '#lib/door/route.ts'
import { getGate } from '#lib/runs/read/gate.ts'
import { touchGateToken } from '#lib/services/worker.ts'

export const access = 'token'

const NOT_FOUND = { code: 'not_found', message: 'This token opens no such service and environment.' }

function digestOf(text: string | null): string | null {
  return text === null || text === '' ? null : text
}

/** GET or POST /api/v1/gate?service=&environment=&digest=: 200 GO, 403 NO-GO with reasons; `as=json` always answers 200. */
async function answer({ request, principal, requestId }: RouteContext): Promise<Response> {
  const query = new URL(request.url).searchParams
  const missing = Object.fromEntries(
    ['service', 'environment']
      .filter((name) => !query.get(name))
      .map((name) => [name, `Add ${name}= to the address.`]),
  )
  if (Object.keys(missing).length > 0)
    return problem({ code: 'invalid', message: 'The question is incomplete.', fields: missing })
  const actor = await mintActor({ principal, team: null })
  if (typeof actor === 'string')
    return problem(
      { code: 'not_signed_in', message: 'This token is unknown, expired or revoked.' },
      { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
    )
  const gate = await getGate(actor, {
    service: query.get('service') ?? '',
    environment: query.get('environment') ?? '',
    askedDigest: digestOf(query.get('digest')),
  })
  if (!gate) return problem(NOT_FOUND)
  if (principal.kind === 'token') touchGateToken(principal.tokenHash)
  const asJson = query.get('as') === 'json'
  if (gate.go || asJson) return Response.json(gate, { headers: { 'cache-control': 'no-store' } })
  const words = gate.reasons.map(({ text }) => text).join('; ')
  return problem(
    { code: 'no_go', message: `NO-GO: ${words}`, detail: { ...gate, requestId } as never },
    { status: 403 },
  )
}

export const GET = route('token', answer)
export const POST = route('token', answer)
