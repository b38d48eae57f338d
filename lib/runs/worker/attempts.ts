import { db } from '#lib/server/db.ts'
import { hint } from '#lib/server/live-hint.ts'
import { type AllowEntry, parseAllowEntry } from '#lib/shared/allow-entry.ts'

/** A lease not renewed for so long is anybody's: its worker is gone. */
export const LEASE_SECONDS = 20
/** An attempt that was leased so often and never ended takes its worker down with it, and is given up. */
const LEASES_MOST = 5

/** `url` is empty for what is pushed: there is nowhere to look. */
export type Waiting = { id: string; url: string; environmentId: string }
export type Lease = { id: string; fence: number }
export type Claimed = Lease & {
  runId: string
  team: string
  /** The item's probe as stored. */
  probe: unknown
  environmentName: string
  variables: Readonly<Record<string, string>>
  allowList: AllowEntry[]
}

/**
 * Attempts that nobody holds, oldest first: queued, or with a lease that ran out. Those of a sample's history are left to
 * whoever writes it: they were asked for in the past, and today's answer does not belong there.
 */
export async function listWaiting(most: number): Promise<Waiting[]> {
  return db().$queryRaw<Waiting[]>`
    SELECT a.id, coalesce(i.probe ->> 'url', '') AS url, r.environment_id AS "environmentId"
    FROM probe_attempt a JOIN run_item i ON i.id = a.item_id JOIN run r ON r.id = a.run_id JOIN team t ON t.id = a.team_id
    WHERE (a.state = 'queued' OR (a.state = 'running' AND a.lease_until < clock_timestamp() AND a.fence < ${LEASES_MOST}::int))
      AND NOT (t.sample AND a.requested_at < clock_timestamp() - interval '1 minute')
    ORDER BY a.requested_at, a.id LIMIT ${most}::int`
}

export async function readVariables(environmentIds: string[]): Promise<Map<string, Record<string, string>>> {
  const rows = await db().environment.findMany({
    where: { id: { in: environmentIds } },
    select: { id: true, variables: true },
  })
  return new Map(rows.map(({ id, variables }) => [id, variables as Record<string, string>]))
}

type ClaimedRow = Omit<Claimed, 'allowList'> & { allowList: string[] }

/** Leases those of the attempts that no other worker has taken meanwhile, with the environment as it is now. */
export async function claim(ids: string[]): Promise<Claimed[]> {
  const rows = await db().$queryRaw<ClaimedRow[]>`
    WITH free AS (
      SELECT id FROM probe_attempt
      WHERE id = ANY(${ids}::uuid[]) AND (state = 'queued' OR (state = 'running' AND lease_until < clock_timestamp()))
      FOR UPDATE SKIP LOCKED
    ), leased AS (
      UPDATE probe_attempt a SET state = 'running', fence = a.fence + 1, started_at = clock_timestamp(),
        lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::float8)
      FROM free WHERE a.id = free.id RETURNING a.id, a.fence, a.run_id, a.item_id
    )
    SELECT l.id, l.fence, l.run_id AS "runId", t.slug AS team, i.probe, e.name AS "environmentName", e.variables, e.allow_list AS "allowList"
    FROM leased l JOIN run_item i ON i.id = l.item_id JOIN run r ON r.id = l.run_id
    JOIN environment e ON e.id = r.environment_id JOIN team t ON t.id = r.team_id`
  for (const { runId } of rows) hint(runId)
  return rows.map(({ allowList, ...row }) => ({
    ...row,
    allowList: allowList.flatMap((text) => {
      const parsed = parseAllowEntry(text)
      return parsed.ok ? [parsed.value] : []
    }),
  }))
}

/** Renews leases; answers with the ids of those still held. The others were cancelled or taken over. */
export async function renew(leases: readonly Lease[]): Promise<Set<string>> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE probe_attempt a SET lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::float8)
    FROM unnest(${leases.map(({ id }) => id)}::uuid[], ${leases.map(({ fence }) => fence)}::int[]) AS held(id, fence)
    WHERE a.id = held.id AND a.fence = held.fence AND a.state = 'running' RETURNING a.id`
  return new Set(rows.map(({ id }) => id))
}

/** Gives an attempt back unfinished, for another worker. */
export async function release({ id, fence }: Lease): Promise<void> {
  await db().$executeRaw`
    UPDATE probe_attempt SET state = 'queued', started_at = NULL, lease_until = NULL
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'running'`
}

/** Ends an attempt whose result nobody asks for any more. */
export async function drop({ id, fence }: Lease): Promise<void> {
  await db().$executeRaw`
    UPDATE probe_attempt SET state = 'cancelled', ended_at = clock_timestamp(), lease_until = NULL
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'running'`
}

/** Gives up attempts that outlived every worker which took them, and ends those of runs that are over. */
export async function sweepAttempts(): Promise<void> {
  const rows = await db().$queryRaw<{ runId: string }[]>`
    UPDATE probe_attempt a SET state = CASE WHEN a.state = 'running' AND a.fence >= ${LEASES_MOST}::int THEN 'lost' ELSE 'cancelled' END,
      ended_at = clock_timestamp(), lease_until = NULL
    FROM run r
    WHERE r.id = a.run_id AND (
      (a.state = 'running' AND a.fence >= ${LEASES_MOST}::int AND a.lease_until < clock_timestamp())
      OR (a.state = 'queued' AND r.state IN ('closed', 'rolled_back', 'aborted')))
    RETURNING a.run_id AS "runId"`
  for (const runId of new Set(rows.map((row) => row.runId))) hint(runId)
}
