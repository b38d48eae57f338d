import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { problem } from '#lib/door/problem.ts'
import { type RouteContext, route } from '#lib/door/route.ts'
import { type GateView, getGate } from '#lib/runs/read/gate.ts'
import { ASK_AGAIN_SECONDS, saidProbing } from '#lib/runs/stale-probes.ts'
import { probeForGate } from '#lib/runs/worker/probe-for-gate.ts'
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
  const asked = await getGate(actor, question)
  if (asked === null) return problem(NOT_FOUND)
  const { stale, ...gate } = asked
  if (gate.run === null || stale.length === 0 || actor.kind === 'anonymous' || actor.team === null)
    return gate
  // Too old is no until it has passed again: what is started here only shortens the wait.
  const { service, run } = gate
  const started = await probeForGate({ team: actor.team.slug, service, number: run.number, keys: stale })
  const probing = [...gate.probing, ...started]
  return { ...gate, probing, reasons: saidProbing({ reasons: gate.reasons, probing }) }
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
    probing: [],
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
  const again: Record<string, string> =
    gate.probing.length > 0 ? { 'retry-after': String(ASK_AGAIN_SECONDS) } : {}
  if (gate.go || question.asJson)
    return Response.json(gate, { headers: { 'cache-control': 'no-store', ...again } })
  const words = gate.reasons.map(({ text }) => text).join('; ')
  return problem(
    { code: 'no_go', message: `NO-GO: ${words}`, detail: { ...gate, requestId } as never },
    { status: 403, headers: again },
  )
}

export const GET = route('token', answer)
export const POST = route('token', answer)
