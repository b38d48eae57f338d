import { PROBE_LIMITS } from '#lib/probes/limits.ts'
import { db } from '#lib/server/db.ts'
import { hint } from '#lib/server/live-hint.ts'
import { type AllowEntry, parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { Prisma } from '#prisma/generated/client.ts'

/** A lease not renewed for so long is anybody's: its worker is gone. */
export const LEASE_SECONDS = 20
/** An attempt whose worker was gone so often takes its worker down with it, and is given up. */
export const STRIKES_MOST = 5
/** At one host and port, over all workers; parts of a composite that ask elsewhere than its first one are counted in each worker. */
export const PER_TARGET = PROBE_LIMITS.perPlace

/** `url` is empty for what is pushed: there is nowhere to look. */
export type Waiting = { id: string; url: string; environmentId: string }
export type Lease = { id: string; fence: number }
/** `target`: the host and port that it will ask. */
export type Wanted = { id: string; target: string }
export type Claimed = Lease & {
  runId: string
  target: string
  team: string
  teamId: string
  environmentId: string
  /** What the probe may ask of the run. */
  version: string
  commit: string
  artifactDigest: string | null
  number: number
  /** The item's probe as stored. */
  probe: unknown
  /** Of a window: the looks that were taken before, as stored. */
  looks: unknown
  environmentName: string
  variables: Readonly<Record<string, string>>
  allowList: AllowEntry[]
}

/** Nobody holds it and it is due: `a` is the attempt's row. */
const CLAIMABLE = Prisma.sql`(
  (a.state = 'queued' AND (a.due_at IS NULL OR a.due_at <= clock_timestamp()))
  OR (a.state = 'running' AND a.lease_until < clock_timestamp() AND a.strikes < ${STRIKES_MOST - 1}::int))`

/**
 * Attempts that nobody holds, in the order in which they may have the next place: teams take turns, counted from what each has running,
 * and within a team its runs do. In a run what a person asked for comes before what the worker repeats. Those of a sample's history are left to
 * whoever writes it: they were asked for in the past, and today's answer does not belong there.
 */
export async function listWaiting(most: number): Promise<Waiting[]> {
  return db().$queryRaw<Waiting[]>`
    WITH waiting AS (
      SELECT a.id, a.team_id, coalesce(i.probe ->> 'url', '') AS url, r.environment_id, a.requested_at,
        row_number() OVER (PARTITION BY a.run_id ORDER BY a.requested_by IS NULL, coalesce(a.due_at, a.requested_at), a.id) AS in_run
      FROM probe_attempt a JOIN run_item i ON i.id = a.item_id JOIN run r ON r.id = a.run_id JOIN team t ON t.id = a.team_id
      WHERE ${CLAIMABLE} AND NOT (t.sample AND a.looks IS NULL AND a.requested_at < clock_timestamp() - interval '1 minute')
    ), busy AS (
      SELECT team_id, count(*) AS running FROM probe_attempt WHERE state = 'running' AND lease_until > clock_timestamp() GROUP BY team_id
    )
    SELECT w.id, w.url, w.environment_id AS "environmentId"
    FROM waiting w LEFT JOIN busy b ON b.team_id = w.team_id
    ORDER BY coalesce(b.running, 0) + row_number() OVER (PARTITION BY w.team_id ORDER BY w.in_run, w.requested_at, w.id), w.requested_at, w.id
    LIMIT ${most}::int`
}

/** How many attempts are running at each target, over all workers. */
export async function countByTarget(): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ target: string; running: number }[]>`
    SELECT target, count(*)::int AS running FROM probe_attempt
    WHERE state = 'running' AND lease_until > clock_timestamp() AND target IS NOT NULL GROUP BY target`
  return new Map(rows.map(({ target, running }) => [target, running]))
}

export async function readVariables(environmentIds: string[]): Promise<Map<string, Record<string, string>>> {
  const rows = await db().environment.findMany({
    where: { id: { in: environmentIds } },
    select: { id: true, variables: true },
  })
  return new Map(rows.map(({ id, variables }) => [id, variables as Record<string, string>]))
}

type Leased = { id: string }
type ClaimedRow = Omit<Claimed, 'allowList'> & { allowList: string[] }

/**
 * Leases those of the attempts that no other worker has taken meanwhile and whose target has room, with the environment as it is now.
 * Workers claim one after another, or each would count without the other's.
 */
export async function claim(wanted: readonly Wanted[]): Promise<Claimed[]> {
  const rows = await db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('probe claims', 0))`
    const leases = await tx.$queryRaw<Leased[]>`
      WITH free AS (
        SELECT a.id, w.target, w.nth FROM probe_attempt a
        JOIN unnest(${wanted.map(({ id }) => id)}::uuid[], ${wanted.map(({ target }) => target)}::text[]) WITH ORDINALITY AS w(id, target, nth) ON w.id = a.id
        WHERE ${CLAIMABLE} FOR UPDATE OF a SKIP LOCKED
      ), busy AS (
        SELECT target, count(*) AS running FROM probe_attempt
        WHERE state = 'running' AND lease_until > clock_timestamp() GROUP BY target
      ), fitting AS (
        SELECT f.id, f.target, coalesce(b.running, 0) + row_number() OVER (PARTITION BY f.target ORDER BY f.nth) AS place
        FROM free f LEFT JOIN busy b ON b.target = f.target
      )
      UPDATE probe_attempt a SET strikes = a.strikes + (a.state = 'running')::int, state = 'running', fence = a.fence + 1,
        target = f.target, started_at = coalesce(a.started_at, clock_timestamp()), due_at = NULL,
        lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::float8)
      FROM fitting f WHERE a.id = f.id AND f.place <= ${PER_TARGET}::int RETURNING a.id`
    // After the attempts are held, and not with them: who corrects the release in the same moment then waits, or is seen here.
    return tx.$queryRaw<ClaimedRow[]>`
      SELECT a.id, a.fence, a.run_id AS "runId", a.target, a.looks, t.slug AS team, t.id AS "teamId", r.environment_id AS "environmentId",
        r.version, r.commit, r.artifact_digest AS "artifactDigest", r.number, i.probe, e.name AS "environmentName", e.variables, e.allow_list AS "allowList"
      FROM probe_attempt a JOIN run_item i ON i.id = a.item_id JOIN run r ON r.id = a.run_id
      JOIN environment e ON e.id = r.environment_id JOIN team t ON t.id = r.team_id
      WHERE a.id = ANY(${leases.map(({ id }) => id)}::uuid[])`
  })
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
    UPDATE probe_attempt SET state = 'queued', lease_until = NULL, target = NULL,
      started_at = CASE WHEN looks IS NULL THEN NULL ELSE started_at END
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'running'`
}

/** Keeps the looks of a window and gives its place up until the next one is due, in `afterMs`. */
export async function putAside(
  { id, fence }: Lease,
  { looks, afterMs }: { looks: unknown; afterMs: number },
): Promise<void> {
  await db().$executeRaw`
    UPDATE probe_attempt SET state = 'queued', lease_until = NULL, target = NULL, looks = ${JSON.stringify(looks)}::jsonb,
      due_at = clock_timestamp() + make_interval(secs => ${afterMs / 1000}::float8)
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'running'`
}

/** Ends an attempt whose result nobody asks for any more. */
export async function drop({ id, fence }: Lease): Promise<void> {
  await db().$executeRaw`
    UPDATE probe_attempt SET state = 'cancelled', ended_at = clock_timestamp(), lease_until = NULL, looks = NULL
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'running'`
}

/** An attempt that took down every worker which ran it, with what was kept of it. */
export type LostAttempt = Lease & { runId: string; team: string; probe: unknown; looks: unknown }

/**
 * Attempts that outlived every worker which took them, leased once more for whoever writes down that they are given up: one sweep alone, and the
 * next one when this one does not come to its end.
 */
export async function claimLost(): Promise<LostAttempt[]> {
  return db().$queryRaw<LostAttempt[]>`
    UPDATE probe_attempt a SET fence = a.fence + 1, target = NULL,
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::float8)
    FROM run_item i, team t
    WHERE i.id = a.item_id AND t.id = a.team_id
      AND a.state = 'running' AND a.strikes >= ${STRIKES_MOST - 1}::int AND a.lease_until < clock_timestamp()
    RETURNING a.id, a.fence, a.run_id AS "runId", t.slug AS team, i.probe, a.looks`
}

/** Ends one that is given up and of which nothing is kept. */
export async function endLost({ id, fence }: Lease): Promise<void> {
  await db().$executeRaw`
    UPDATE probe_attempt SET state = 'lost', ended_at = clock_timestamp(), lease_until = NULL, looks = NULL
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'running'`
}

/** Ends what waits in runs that are over; answers with those runs. */
export async function cancelOfEndedRuns(): Promise<string[]> {
  const rows = await db().$queryRaw<{ runId: string }[]>`
    UPDATE probe_attempt a SET state = 'cancelled', ended_at = clock_timestamp(), lease_until = NULL, looks = NULL
    FROM run r
    WHERE r.id = a.run_id AND a.state = 'queued' AND r.state IN ('closed', 'rolled_back', 'aborted')
    RETURNING a.run_id AS "runId"`
  return [...new Set(rows.map(({ runId }) => runId))]
}
