import { type Actor, isMember } from '#lib/access/actor.ts'
import type { StreamClock } from '#lib/door/command.ts'
import type { ActiveAttempt, BoardItem, Texts } from '#lib/runs/board-snapshot.ts'
import type { ItemFacts } from '#lib/runs/decide-item.ts'
import type { Standing } from '#lib/runs/item-change.ts'
import type { LastRow } from '#lib/runs/lost-race.ts'
import type { SentNotice } from '#lib/runs/notice-view.ts'
import { type ItemRow, ruleItem, ruleRun } from '#lib/runs/rows.ts'
import type { SqlTx } from '#lib/server/sql.ts'
import { lockRunAndClock, type RunAddress } from './load-run.ts'

type Extra = Pick<BoardItem, 'detail' | 'commands' | 'probe' | 'seq'> & {
  fact_key: string | null
  covering: Standing[] | null
  texts: Texts | null
  last: LastRow | null
  attempt: ActiveAttempt | null
  sent: SentNotice | null
}

/**
 * The run, locked, its stream's clock, and one item with all that its view and its rules need: two statements, because the second has to see
 * what was committed before the lock was given.
 */
export async function loadItem({
  tx,
  actor,
  address,
  key,
  supplied,
}: {
  tx: SqlTx
  actor: Actor
  address: RunAddress
  key: string
  /** The caller's clock. */
  supplied: Date | null
}): Promise<(ItemFacts & { clock: StreamClock }) | null> {
  if (!isMember(actor)) return null
  const locked = await lockRunAndClock({ tx, actor, address, supplied })
  if (!locked) return null
  const { run, clock } = locked
  const rows = await tx.$queryRaw<(ItemRow & Extra)[]>`
    SELECT i.id, i.key, i.kind, i.ordinal, i.section_key, i.stage, i.text, i.required, i.owner_role, i.min_grade, i.shelf_life_seconds,
           i.needs_note, i.probe_hash, i.shadow_hash, i.claim_shelf_seconds, i.version, i.fold, i.detail, i.commands, i.probe, i.seq, i.fact_key, i.notice,
           CASE WHEN i.fold ? 'notice' THEN notice_of(i) END AS sent,
           (SELECT jsonb_agg(jsonb_build_object('role', so.role, 'memberId', so.member_id))
            FROM signoff so JOIN run_slot sl ON sl.run_id = so.run_id AND sl.role = so.role
            WHERE so.run_id = i.run_id AND so.superseded_at IS NULL AND so.stale_at IS NULL AND so.decision <> 'recuse'
              AND i.key = ANY(sl.scope)) AS covering,
           (SELECT jsonb_object_agg(t.id, t.body) FROM audit_text t WHERE t.id IN (
             SELECT e.text_id FROM evidence e WHERE e.item_id = i.id
             UNION ALL SELECT a.note_text_id FROM attachment a WHERE a.item_id = i.id)) AS texts,
           (SELECT jsonb_build_object('kind', e.kind, 'memberId', e.member_id, 'name', e.by_name,
                     'at', (extract(epoch FROM e.at) * 1000)::bigint, 'verdict', e.verdict)
            FROM evidence e WHERE e.item_id = i.id AND e.n = i.version) AS last,
           (SELECT jsonb_build_object('id', a.id, 'itemId', a.item_id, 'state', CASE WHEN a.looks IS NULL THEN a.state ELSE 'running' END, 'looks', jsonb_array_length(a.looks),
                     'since', (extract(epoch FROM coalesce(a.started_at, a.requested_at)) * 1000)::bigint)
            FROM probe_attempt a WHERE a.item_id = i.id AND a.state IN ('queued', 'running')) AS attempt
    FROM run_item i WHERE i.run_id = ${run.id}::uuid AND i.key = ${key}`
  const row = rows[0]
  if (!row) return null
  return {
    clock,
    stream: run.id,
    teamId: run.team_id,
    run: ruleRun(run),
    item: {
      ...ruleItem(row),
      detail: row.detail,
      commands: row.commands,
      factKey: row.fact_key,
      probe: row.probe,
      seq: row.seq,
    },
    covering: row.covering ?? [],
    texts: row.texts ?? {},
    last: row.last,
    attempt: row.attempt,
    sent: row.sent,
  }
}
