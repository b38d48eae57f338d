import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { problem } from '#lib/door/problem.ts'
import { type RouteContext, route } from '#lib/door/route.ts'
import { type GateView, getGate } from '#lib/runs/read/gate.ts'
import { log } from '#lib/server/log.ts'
import { touchGateToken } from '#lib/services/worker/touch-gate-token.ts'

export const access = 'token'

const NOT_FOUND = { code: 'not_found', message: 'This token opens no such service and environment.' }

// An unset variable in a pipeline arrives as `digest=`: taken for no question, it would open the gate to any artifact.
const EMPTY_DIGEST = 'It is empty. Name the artifact that is deployed, or leave digest= out.'

type Question = { service: string; environment: string; askedDigest: string | null; asJson: boolean }

/** Product decision 1: what cannot be computed is a reason for NO-GO, never a way around it. */
async function gateOf(principal: Principal, question: Question): Promise<GateView | Response> {
  const actor = await mintActor({ principal, team: null })
  if (typeof actor === 'string')
    return problem(
      { code: 'not_signed_in', message: 'This token is unknown, expired or revoked.' },
      { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
    )
  return (await getGate(actor, question)) ?? problem(NOT_FOUND)
}

function unknownGate({ service, environment }: Question): GateView {
  const text = 'Countersign could not compute the gate. Ask again; if it stays, look at /health/db.'
  return {
    go: false,
    reasons: [{ code: 'error', text }],
    service,
    environment,
    run: null,
    at: Date.now(),
  }
}

/** GET or POST /api/v1/gate?service=&environment=&digest=: 200 GO, 403 NO-GO with reasons; `as=json` always answers 200. */
async function answer({ request, principal, requestId }: RouteContext): Promise<Response> {
  const query = new URL(request.url).searchParams
  const missing = Object.fromEntries(
    ['service', 'environment']
      .filter((name) => !query.get(name))
      .map((name) => [name, `Add ${name}= to the address.`]),
  )
  const wrong = query.get('digest') === '' ? { ...missing, digest: EMPTY_DIGEST } : missing
  if (Object.keys(wrong).length > 0)
    return problem({ code: 'invalid', message: 'The question is incomplete.', fields: wrong })
  const question = {
    service: query.get('service') ?? '',
    environment: query.get('environment') ?? '',
    askedDigest: query.get('digest'),
    asJson: query.get('as') === 'json',
  }
  const gate = await gateOf(principal, question).catch((error: unknown) => {
    log().error({ err: error }, 'the gate could not be computed')
    return unknownGate(question)
  })
  if (gate instanceof Response) return gate
  if (principal.kind === 'token') touchGateToken(principal.tokenHash)
  if (gate.go || question.asJson) return Response.json(gate, { headers: { 'cache-control': 'no-store' } })
  const words = gate.reasons.map(({ text }) => text).join('; ')
  return problem(
    { code: 'no_go', message: `NO-GO: ${words}`, detail: { ...gate, requestId } as never },
    { status: 403 },
  )
}

export const GET = route('token', answer)
export const POST = route('token', answer)
