import { letGo } from '#lib/door/body.ts'
import { invalidInput } from '#lib/door/invalid-input.ts'
import { problem } from '#lib/door/problem.ts'
import { type RouteContext, route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { pushReport } from '#lib/runs/commands/push-report.ts'
import { mayWait } from '#lib/runs/decide-keep.ts'
import { noLiveRun, pushObstacle } from '#lib/runs/decide-report.ts'
import { reportQuery } from '#lib/runs/push-query.ts'
import { getPushPlace } from '#lib/runs/read/push-place.ts'
import { touchGateToken } from '#lib/services/worker/touch-gate-token.ts'
import { type Pipeline, pipelineOf } from '../pipeline.ts'
import { refusedByHeaders, takeReport } from './take-report.ts'

export const access = 'token'

const NO_PLACE = { code: 'not_found', message: 'This token opens no such service and environment.' }

type Query = ReturnType<typeof reportQuery.parse>

/** Why nothing of the body needs to be read; null when it does. */
async function refusedUnread(request: Request, { actor, query }: { actor: Pipeline; query: Query }) {
  const found = await getPushPlace(actor, query)
  if (found === null) return problem(NO_PLACE)
  const { live } = found
  const obstacle =
    live === null ? noLiveRun(query) : pushObstacle({ place: query, live, token: actor, asked: query })
  return obstacle && !mayWait({ token: actor, asked: query }) ? problem(obstacle) : refusedByHeaders(request)
}

/**
 * PUT or POST /api/v1/reports?service=&environment=&commit=[&run=][&name=][&format=] with the file as the body: 201 for a new report,
 * 202 for one that waits for a run of its commit, 200 when it is the newest one already; problem+json otherwise.
 */
async function push({ request, principal, requestId }: RouteContext): Promise<Response> {
  const actor = await pipelineOf(principal, 'run.pushReport')
  if (actor instanceof Response) return actor
  const asked = reportQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!asked.success) return problem(invalidInput(asked.error))
  const query = asked.data
  const refused = await refusedUnread(request, { actor, query })
  if (refused) return refused
  const taken = await takeReport({ request, teamId: actor.team.id, format: query.format })
  if (taken instanceof Response) return taken
  const { format, facts, file } = taken
  const { mediaType: _, ...kept } = file
  const input = { ...query, team: actor.team.slug, format, facts, file: kept }
  const result = await runCommand(pushReport, { principal, input, requestId })
  if (!result.ok) return problem(result.refusal)
  if (principal.kind === 'token') touchGateToken(principal.tokenHash)
  const { created, ...answer } = result.value.value
  const status = answer.kept ? 202 : 201
  return Response.json(
    { ...answer, created, format, name: query.name, sha256: file.sha256, bytes: file.bytes },
    { status: created ? status : 200, headers: { 'cache-control': 'no-store' } },
  )
}

/** A sender that is still sending hears the answer once it is let go. */
async function answer(context: RouteContext): Promise<Response> {
  const response = await push(context)
  if (!context.request.bodyUsed) await letGo(context.request)
  return response
}

export const PUT = route(access, answer)
export const POST = route(access, answer)
