import type { TokenActor } from '#lib/access/actor.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { newId } from '#lib/server/ids.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'
import { startWaiting } from '../commands/start-waiting.ts'
import { HEARTBEAT_LIMITS, type NewHeartbeat } from '../heartbeat-input.ts'
import { COUNTERSIGN } from './run-attempt.ts'

type Place = { service: string; environment: string; name: string }
/** `run`: the number of the live run that was told; null when none is open there. */
export type TakenHeartbeat = { receivedAt: string; run: number | null; items: string[] }

const NO_PLACE = { code: 'not_found', message: 'This token opens no such service and environment.' }

async function environmentOf(actor: TokenActor, { service, environment }: Place): Promise<string | null> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT e.id FROM environment e JOIN service s ON s.id = e.service_id
    WHERE s.id = ${actor.serviceId}::uuid AND s.team_id = ${actor.team.id}::uuid AND s.slug = ${service} AND e.slug = ${environment}
      AND (${actor.environmentId}::uuid IS NULL OR e.id = ${actor.environmentId}::uuid)`
  return rows[0]?.id ?? null
}

/** Null when the environment knows so many names that this one is rather a mistake. */
async function write(
  actor: TokenActor,
  { environmentId, name, beat }: { environmentId: string; name: string; beat: NewHeartbeat },
): Promise<Date | null> {
  const { startedAt, finishedAt, sizeBytes, status, message } = beat
  const rows = await db().$queryRaw<{ received_at: Date }[]>`
    INSERT INTO heartbeat (id, team_id, environment_id, name, received_at, started_at, finished_at, size_bytes, status, message, by_name)
    SELECT ${newId()}::uuid, ${actor.team.id}::uuid, ${environmentId}::uuid, ${name}, clock_timestamp(),
           ${startedAt}::timestamptz, ${finishedAt}::timestamptz, ${sizeBytes}::bigint, ${status}::text, ${message}::text, ${actor.name}
    WHERE EXISTS (SELECT FROM heartbeat WHERE environment_id = ${environmentId}::uuid AND name = ${name})
       OR (SELECT count(DISTINCT name) FROM heartbeat WHERE environment_id = ${environmentId}::uuid) < ${HEARTBEAT_LIMITS.names}::int
    RETURNING received_at`
  if (rows[0] === undefined) return null
  await db().$executeRaw`
    DELETE FROM heartbeat WHERE id IN (
      SELECT id FROM heartbeat WHERE environment_id = ${environmentId}::uuid AND name = ${name}
      ORDER BY received_at DESC, id DESC OFFSET ${HEARTBEAT_LIMITS.kept}::int)`
  return rows[0].received_at
}

async function tellRun(
  actor: TokenActor,
  { environmentId, name }: { environmentId: string; name: string },
): Promise<Pick<TakenHeartbeat, 'run' | 'items'>> {
  const live = await db().run.findFirst({
    where: { environmentId, endedAt: null },
    select: { id: true, number: true },
  })
  if (live === null) return { run: null, items: [] }
  const input = { team: actor.team.slug, runId: live.id, heartbeat: name }
  const started = await runCommand(startWaiting, { principal: COUNTERSIGN, input })
  // The heartbeat is kept whatever became of the run meanwhile.
  return { run: live.number, items: started.ok ? started.value.value.keys : [] }
}

/** Keeps a heartbeat, which is a machine's remark, and has what waits for it in a live run looked at. */
export async function takeHeartbeat(
  actor: TokenActor,
  { beat, ...place }: Place & { beat: NewHeartbeat },
): Promise<Result<TakenHeartbeat>> {
  if (actor.runId !== null)
    return refuse({
      code: 'forbidden',
      message:
        'This token works for one run alone, and heartbeats belong to an environment. Make a token for it.',
    })
  const environmentId = await environmentOf(actor, place)
  if (environmentId === null) return refuse(NO_PLACE)
  const { name } = place
  const receivedAt = await write(actor, { environmentId, name, beat })
  if (receivedAt === null)
    return refuse({
      code: 'too_many',
      message: `This environment knows ${HEARTBEAT_LIMITS.names} heartbeats by name already. Is the name made anew for each call?`,
    })
  return ok({ receivedAt: receivedAt.toISOString(), ...(await tellRun(actor, { environmentId, name })) })
}
