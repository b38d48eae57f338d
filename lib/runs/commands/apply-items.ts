import type { Evidence } from '#lib/runs/evidence.ts'
import type { ItemChange, RunItemsChange } from '#lib/runs/item-change.ts'
import type { Tx } from '#lib/server/db.ts'
import { type Sql, sql } from '#lib/server/sql.ts'

/** The text behind a row, whatever the row calls it. */
function textOf(row: Evidence): { textId: string; hash: string } | null {
  if (row.kind === 'attach') return row.attached.label
  if ('note' in row) return row.note
  return 'reason' in row ? row.reason : null
}

function attachmentOf(row: Evidence): string | null {
  if (row.kind === 'attach') return row.attached.id
  return row.kind === 'withdraw' ? row.attachmentId : null
}

function record({ evidenceId, itemId, n, row, overProbe, fold, state, grade, seq }: ItemChange) {
  const text = textOf(row)
  const seen = row.kind === 'observation' || row.kind === 'shadow' ? row : null
  const told = row.kind === 'notice' || row.kind === 'acknowledgement' ? row : null
  const by = 'by' in row ? row.by : { memberId: null, name: 'Probe' }
  return {
    id: evidenceId,
    item_id: itemId,
    n,
    kind: row.kind,
    member_id: by.memberId,
    by_name: by.name,
    at_ms: row.at,
    text_id: text?.textId ?? null,
    text_hash: text?.hash ?? null,
    observation_id: seen?.observationId ?? null,
    verdict: row.kind === 'acknowledgement' && row.met ? 'pass' : (seen?.verdict ?? null),
    line: row.kind === 'acknowledgement' ? row.to : (seen?.line ?? null),
    notice_id: told?.noticeId ?? null,
    config_hash: seen?.configHash ?? overProbe,
    attachment_id: attachmentOf(row),
    state,
    grade,
    seq,
    fold,
  }
}

/** Writes evidence, items, staled signatures and the run's revision: one statement however many items changed. */
export function itemsWriting({ teamId, runId, at, items, stale }: RunItemsChange): Sql {
  return sql`
    WITH change AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(items.map(record))}::jsonb) AS c(
        id uuid, item_id uuid, n int, kind text, member_id uuid, by_name text, at_ms bigint, text_id uuid, text_hash text,
        observation_id uuid, verdict text, line text, config_hash text, attachment_id uuid, state text, grade text, seq int, fold jsonb, notice_id uuid)
    ), written AS (
      INSERT INTO evidence (id, team_id, run_id, item_id, n, kind, member_id, by_name, at, text_id, text_hash, observation_id, verdict, line, config_hash, attachment_id, notice_id)
      SELECT id, ${teamId}::uuid, ${runId}::uuid, item_id, n, kind, member_id, by_name, to_timestamp(at_ms / 1000.0), text_id, text_hash,
             observation_id, verdict, line, config_hash, attachment_id, notice_id
      FROM change
    ), settled AS (
      UPDATE run_item i SET state = c.state, grade = c.grade, version = c.n, seq = c.seq, fold = c.fold
      FROM (SELECT DISTINCT ON (item_id) * FROM change ORDER BY item_id, n DESC) c
      WHERE i.id = c.item_id AND i.run_id = ${runId}::uuid
    ), staled AS (
      UPDATE signoff so SET stale_at = ${at}, stale_reason = s.reason
      FROM jsonb_to_recordset(${JSON.stringify(stale)}::jsonb) AS s(role text, reason text)
      WHERE so.run_id = ${runId}::uuid AND so.role = s.role AND so.superseded_at IS NULL AND so.stale_at IS NULL
    )
    UPDATE run SET revision = revision + 1 WHERE id = ${runId}::uuid`
}

export async function applyItems(tx: Tx, change: RunItemsChange): Promise<void> {
  await tx.$executeRaw(itemsWriting(change))
}
