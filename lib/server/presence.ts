import { db } from './db.ts'

/** A row that was not renewed for this long is gone: a killed instance leaves its watchers' rows behind. */
export const PRESENCE_TTL_SECONDS = 6

/** Machine table: who has a run open. One row a live connection; its own instance renews it. */
export async function enterRun({
  id,
  runId,
  memberId,
  name,
}: {
  id: string
  runId: string
  memberId: string
  name: string
}): Promise<void> {
  await db().$executeRaw`
    INSERT INTO presence (id, run_id, member_id, name, seen_at) VALUES (${id}::uuid, ${runId}::uuid, ${memberId}::uuid, ${name}, clock_timestamp())`
}

export async function leaveRun(id: string): Promise<void> {
  await db().$executeRaw`DELETE FROM presence WHERE id = ${id}::uuid`
}

/** Renews the rows of this instance's connections in one statement, and clears what others left behind. */
export async function renewPresence(ids: readonly string[]): Promise<void> {
  await db().$executeRaw`UPDATE presence SET seen_at = clock_timestamp() WHERE id = ANY(${[...ids]}::uuid[])`
  await db().$executeRaw`DELETE FROM presence WHERE seen_at < clock_timestamp() - interval '1 minute'`
}

/** Which item a person looks at, on all their open pages of the run; null: none. */
export async function focusItem({
  runId,
  memberId,
  itemKey,
}: {
  runId: string
  memberId: string
  itemKey: string | null
}): Promise<void> {
  await db()
    .$executeRaw`UPDATE presence SET item_key = ${itemKey} WHERE run_id = ${runId}::uuid AND member_id = ${memberId}::uuid`
}

/** For each of the runs: the stream's sequence number and a fingerprint of who is there and which probes are under way. */
export async function runPulses(runIds: readonly string[]): Promise<{ runId: string; pulse: string }[]> {
  const rows = await db().$queryRaw<{ id: string; pulse: string }[]>`
    SELECT st.id, st.seq || ':' ||
      coalesce((SELECT string_agg(p.member_id || coalesce(p.item_key, ''), ',' ORDER BY p.id) FROM presence p
                WHERE p.run_id = st.id AND p.seen_at > clock_timestamp() - make_interval(secs => ${PRESENCE_TTL_SECONDS}::float8)), '') || ':' ||
      coalesce((SELECT string_agg(a.id || a.state || coalesce(jsonb_array_length(a.looks), 0), ',' ORDER BY a.id) FROM probe_attempt a
                WHERE a.run_id = st.id AND a.state IN ('queued', 'running')), '') AS pulse
    FROM audit_stream st WHERE st.id = ANY(${[...runIds]}::uuid[])`
  return rows.map(({ id, pulse }) => ({ runId: id, pulse }))
}
