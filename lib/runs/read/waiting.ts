import type { MemberActor } from '#lib/access/actor.ts'
import { rowsOf, sql } from '#lib/server/sql.ts'
import { countWaiting, type WaitingRunRow, type WaitingView, waitingFor } from '../waiting.ts'

const WORKERS: readonly string[] = ['owner', 'admin', 'member']

/**
 * The team's live runs with what is unsettled in them: one statement, for the page and for the number in the bar, which every
 * page of the team shows. So only what can concern this member is read: items of their roles, and everything of a run that
 * they opened.
 */
async function readRows(actor: MemberActor): Promise<(WaitingRunRow & { now: number })[]> {
  const { id, memberId, roles } = actor.team
  return rowsOf<WaitingRunRow & { now: number }>(sql`
    WITH holding AS MATERIALIZED (
      SELECT sr.name AS role, count(*) AS holders
      FROM member m JOIN member_role mr ON mr.member_id = m.id JOIN signoff_role sr ON sr.id = mr.role_id
      WHERE m.team_id = ${id}::uuid AND m.deactivated_at IS NULL GROUP BY sr.name
    )
    SELECT s.slug AS service, r.number, e.name AS environment, r.version, r.state, r.opened_by = ${memberId}::uuid AS "openedByMe", author_of(r) AS "authorId",
      (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
      (extract(epoch FROM r.window_start) * 1000)::float8 AS "windowStart", (extract(epoch FROM r.window_end) * 1000)::float8 AS "windowEnd",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('key', i.key, 'text', i.text, 'kind', i.kind, 'stage', i.stage, 'state', i.state,
                'ownerRole', i.owner_role) ORDER BY i.ordinal), '[]')
       FROM run_item i WHERE i.run_id = r.id AND i.required AND i.state IN ('open', 'failed')
         AND (r.opened_by = ${memberId}::uuid OR i.owner_role = ANY(${roles}::text[]))) AS items,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('role', sl.role, 'memberId', so.member_id, 'memberName', so.member_name, 'decision', so.decision,
                'staleReason', so.stale_reason, 'unsettled', CASE WHEN sl.role = ANY(${roles}::text[]) AND r.state IN ('preparing', 'deploying') THEN (
                  SELECT count(*) FROM unnest(sl.scope) AS scoped (key) JOIN run_item i ON i.run_id = r.id AND i.key = scoped.key
                  WHERE i.required AND i.state IN ('open', 'failed')) ELSE 0 END,
                'holdsRole', EXISTS (SELECT FROM member m JOIN member_role mr ON mr.member_id = m.id JOIN signoff_role sr ON sr.id = mr.role_id
                  WHERE m.id = so.member_id AND m.deactivated_at IS NULL AND sr.name = sl.role),
                'holders', coalesce((SELECT h.holders FROM holding h WHERE h.role = sl.role), 0)) ORDER BY sl.ordinal), '[]')
       FROM run_slot sl LEFT JOIN signoff so ON so.run_id = sl.run_id AND so.role = sl.role AND so.superseded_at IS NULL
       WHERE sl.run_id = r.id) AS slots
    FROM run r JOIN service s ON s.id = r.service_id JOIN environment e ON e.id = r.environment_id
    WHERE r.team_id = ${id}::uuid AND r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back')
    ORDER BY r.opened_at DESC, r.id DESC`)
}

/** Everything that waits for this member, each with its reason. Managers and auditors read: nothing waits for them. */
export async function getWaiting(actor: MemberActor): Promise<WaitingView> {
  const { memberId, roles, accountRole } = actor.team
  if (!WORKERS.includes(accountRole)) return { slots: [], items: [], stuck: [] }
  const rows = await readRows(actor)
  return waitingFor({ rows, viewer: { memberId, roles }, now: rows[0]?.now ?? 0 })
}

/**
 * Where the logs of the team and of its live runs end: nothing that waits for anybody changes without one of them growing, or
 * without a run leaving them.
 */
async function readHeads(actor: MemberActor): Promise<string> {
  const { id, streamId } = actor.team
  const rows = await rowsOf<{ heads: string }>(sql`
    SELECT count(*) || ' ' || coalesce(sum(hashtextextended(r.id::text, st.seq)), 0)
           || ' ' || (SELECT t.seq FROM audit_stream t WHERE t.id = ${streamId}::uuid) AS heads
    FROM run r JOIN audit_stream st ON st.id = r.id
    WHERE r.team_id = ${id}::uuid AND r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back')`)
  return rows[0]?.heads ?? ''
}

type Counted = { heads: string; until: number; count: number }

// Only windows that open and close change the number while the logs stand still.
const COUNT_KEPT_MS = 15_000
const MOST_COUNTS = 2_000

const place = globalThis as { countersignWaiting?: Map<string, Counted> }

/**
 * The number beside “Waiting for me”, which every page of the team shows. It is counted anew when a log has grown: reading where
 * they end costs a hundredth of reading what is unsettled.
 */
export async function waitingCount(actor: MemberActor): Promise<number> {
  const { memberId, accountRole, roles } = actor.team
  if (!WORKERS.includes(accountRole)) return 0
  place.countersignWaiting ??= new Map()
  const counts = place.countersignWaiting
  const key = JSON.stringify([memberId, accountRole, roles])
  // Read first: what grows while the counting goes on makes the next page count again.
  const heads = await readHeads(actor)
  const known = counts.get(key)
  if (known && known.heads === heads && performance.now() < known.until) return known.count
  const count = countWaiting(await getWaiting(actor))
  counts.delete(key)
  counts.set(key, { heads, until: performance.now() + COUNT_KEPT_MS, count })
  const [oldest] = counts.keys()
  if (counts.size > MOST_COUNTS && oldest !== undefined) counts.delete(oldest)
  return count
}
