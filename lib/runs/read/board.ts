import type { MemberActor } from '#lib/access/actor.ts'
import type { BoardView } from '#lib/runs/board.ts'
import { type BoardSnapshot, PRESENCE_MS } from '#lib/runs/board-snapshot.ts'
import { boardFor } from '#lib/runs/board-view.ts'
import { decodeSnapshot, type SnapshotRow } from '#lib/runs/snapshot-row.ts'
import { rowsOf, sql } from '#lib/server/sql.ts'

/**
 * One run at one moment, the same for every viewer of the actor's team: one statement, so that nothing in it is older
 * than anything else. `json`, not `jsonb`: the text is built once and sorted by nobody. Null: absent or foreign.
 */
export async function getBoardSnapshot(
  actor: MemberActor,
  { service, number }: { service: string; number: number },
): Promise<BoardSnapshot | null> {
  const rows = await rowsOf<SnapshotRow>(sql`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now, st.seq, st.sample,
      row_to_json(r) AS run,
      json_build_object('author_id', author_of(r),
        'service_slug', s.slug, 'service_name', s.name, 'environment_slug', e.slug, 'environment_name', e.name,
        'template_slug', t.slug, 'template_name', t.name, 'template_number', tv.number) AS about,
      (SELECT row_to_json(m) FROM jsonb_to_record(tv.model) AS m(sections jsonb, triggers jsonb, facts jsonb)) AS model,
      (SELECT json_agg(i ORDER BY i.ordinal) FROM run_item i WHERE i.run_id = r.id) AS items,
      (SELECT json_agg(json_build_object('role', sl.role, 'scope', sl.scope, 'member_id', so.member_id, 'member_name', so.member_name,
                'decision', so.decision, 'signed_at', so.signed_at, 'stale_reason', so.stale_reason, 'manifest_hash', so.manifest_hash,
                'scope_digest', so.scope_digest, 'reason_id', so.reason_id, 'holds_role', EXISTS (
                  SELECT FROM member m JOIN member_role mr ON mr.member_id = m.id JOIN signoff_role sr ON sr.id = mr.role_id
                  WHERE m.id = so.member_id AND m.deactivated_at IS NULL AND sr.name = sl.role)) ORDER BY sl.ordinal)
       FROM run_slot sl LEFT JOIN signoff so ON so.run_id = sl.run_id AND so.role = sl.role AND so.superseded_at IS NULL
       WHERE sl.run_id = r.id) AS slots,
      (SELECT json_agg(json_build_object('role', sr.name, 'memberId', m.id, 'name', u.name) ORDER BY lower(u.name), m.id)
       FROM signoff_role sr JOIN member_role mr ON mr.role_id = sr.id JOIN member m ON m.id = mr.member_id AND m.deactivated_at IS NULL
       JOIN user_account u ON u.id = m.user_id
       WHERE sr.team_id = r.team_id AND sr.name IN (SELECT role FROM run_slot WHERE run_id = r.id)) AS holders,
      (SELECT json_object_agg(x.id, x.body) FROM audit_text x WHERE x.stream = r.id) AS texts,
      (SELECT json_agg(json_build_object('seq', a.seq, 'at', a.at_ms, 'action', a.action, 'who', a.actor ->> 'name',
                'data', a.canonical::jsonb -> 'data') ORDER BY a.seq DESC)
       FROM (SELECT * FROM audit_event WHERE stream = r.id AND action NOT IN ('run.probe_confirmed', 'run.probes_repeated') ORDER BY seq DESC LIMIT 30) a) AS events,
      (SELECT json_agg(json_build_object('memberId', p.member_id, 'name', p.name, 'itemKey', p.item_key) ORDER BY p.id)
       FROM presence p WHERE p.run_id = r.id AND p.seen_at > clock_timestamp() - make_interval(secs => ${PRESENCE_MS / 1000}::float8)) AS presence,
      (SELECT json_agg(json_build_object('id', q.id, 'itemId', q.item_id, 'state', CASE WHEN q.looks IS NULL THEN q.state ELSE 'running' END, 'looks', jsonb_array_length(q.looks),
                'since', (extract(epoch FROM coalesce(q.started_at, q.requested_at)) * 1000)::bigint))
       FROM probe_attempt q WHERE q.run_id = r.id AND q.state IN ('queued', 'running')) AS attempts,
      (SELECT json_object_agg(i.id, notice_of(i)) FROM run_item i WHERE i.run_id = r.id AND i.notice IS NOT NULL AND i.fold ? 'notice') AS notices
    FROM run r
    JOIN service s ON s.id = r.service_id
    JOIN environment e ON e.id = r.environment_id
    JOIN template_version tv ON tv.id = r.template_version_id
    JOIN template t ON t.id = tv.template_id
    JOIN audit_stream st ON st.id = r.id
    WHERE r.team_id = ${actor.team.id}::uuid AND s.slug = ${service} AND r.number = ${number}`)
  const row = rows[0]
  return row ? decodeSnapshot(row) : null
}

/** The board of a run for one viewer: one statement. Null: absent or foreign. */
export async function getBoard(
  actor: MemberActor,
  address: { service: string; number: number },
): Promise<BoardView | null> {
  const snapshot = await getBoardSnapshot(actor, address)
  return snapshot ? boardFor(actor, snapshot) : null
}
