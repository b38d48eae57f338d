import { letGo, readBytes } from '#lib/door/body.ts'
import { invalidInput } from '#lib/door/invalid-input.ts'
import { problem } from '#lib/door/problem.ts'
import { type RouteContext, route } from '#lib/door/route.ts'
import {
  checkHeartbeat,
  HEARTBEAT_LIMITS,
  heartbeatInput,
  heartbeatQuery,
  type NewHeartbeat,
} from '#lib/runs/heartbeat-input.ts'
import { takeHeartbeat } from '#lib/runs/worker/take-heartbeat.ts'
import { touchGateToken } from '#lib/services/worker/touch-gate-token.ts'
import { pipelineOf } from '../../pipeline.ts'

export const access = 'token'

/** What a job says; an empty body is a call and nothing more. */
async function readBeat(request: Request): Promise<NewHeartbeat | Response> {
  const body = await readBytes({ request, limit: HEARTBEAT_LIMITS.bodyBytes })
  if (!body.ok) return problem(body.refusal)
  const said = jsonOf(body.value.toString('utf8'))
  if (said === undefined)
    return problem({ code: 'invalid', message: 'The body is not JSON: send {"status": "ok"}, or nothing.' })
  const parsed = heartbeatInput.safeParse(said)
  if (!parsed.success) return problem(invalidInput(parsed.error))
  const checked = checkHeartbeat(parsed.data, new Date())
  return checked.ok ? checked.value : problem(checked.refusal)
}

function jsonOf(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function beat({ request, principal }: RouteContext, { name }: { name: string }): Promise<Response> {
  const actor = await pipelineOf(principal, 'service.pushHeartbeat')
  if (actor instanceof Response) return actor
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const place = heartbeatQuery.safeParse({ ...query, name })
  if (!place.success) return problem(invalidInput(place.error))
  const said = await readBeat(request)
  if (said instanceof Response) return said
  const taken = await takeHeartbeat(actor, { ...place.data, beat: said })
  if (!taken.ok) return problem(taken.refusal)
  if (principal.kind === 'token') touchGateToken(principal.tokenHash)
  return Response.json({ name, ...taken.value }, { status: 201, headers: { 'cache-control': 'no-store' } })
}

/** POST /api/v1/heartbeats/NAME?service=&environment= `{startedAt?, finishedAt?, sizeBytes?, status?, message?}`: a job has ended. */
export const POST = route<{ name: string }>(access, async (context, params) => {
  const response = await beat(context, params)
  if (!context.request.bodyUsed) await letGo(context.request)
  return response
})
