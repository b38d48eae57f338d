import type { Actor } from '#lib/access/actor.ts'
import type { Facts, StreamClock } from '#lib/door/command.ts'
import { type ItemRow, type RunRow, ruleItem, ruleRun, ruleSlot, type SlotRow } from '#lib/runs/rows.ts'
import type { RuleItem, RuleRun, RuleSlot } from '#lib/runs/run-facts.ts'
import type { Tx } from '#lib/server/db.ts'
import { type SqlTx, sql } from '#lib/server/sql.ts'

/** How every command of a run names it. */
export type RunAddress = { team: string; service: string; number: number }

export type RunFacts = Facts & {
  teamId: string
  run: RuleRun
  slots: RuleSlot[]
}

export type WholeFacts = RunFacts & { items: RuleItem[] }

type Asked = { tx: Tx; actor: Actor; address: RunAddress }

/** What `ruleRun` reads of `run r`. */
export const RUN_COLUMNS = sql`r.id, r.state, r.version, r.commit, r.artifact_digest, author_of(r) AS author_id, r.author_name, r.template_hash, r.window_start, r.window_end`

/** Locks the run's row until the transaction ends: everything about one run happens one after another. */
export async function lockRun({ tx, actor, address }: Asked): Promise<(RunRow & { team_id: string }) | null> {
  const teamId = actor.kind === 'anonymous' ? null : (actor.team?.id ?? null)
  if (teamId === null) return null
  const rows = await tx.$queryRaw<(RunRow & { team_id: string })[]>`
    SELECT ${RUN_COLUMNS}, r.team_id
    FROM run r JOIN service s ON s.id = r.service_id
    WHERE r.team_id = ${teamId}::uuid AND s.slug = ${address.service} AND r.number = ${address.number}
    FOR NO KEY UPDATE OF r`
  return rows[0] ?? null
}

/** The same by the run's id, for who was told it by the database. */
export async function lockRunById({
  tx,
  teamId,
  runId,
}: {
  tx: Tx
  teamId: string
  runId: string
}): Promise<RunRow | null> {
  const rows = await tx.$queryRaw<RunRow[]>`
    SELECT ${RUN_COLUMNS}
    FROM run r WHERE r.team_id = ${teamId}::uuid AND r.id = ${runId}::uuid FOR NO KEY UPDATE OF r`
  return rows[0] ?? null
}

/**
 * As `lockRun`, and in the same statement its stream's lock and clock. The run's row is locked first, as everywhere, because the
 * clock is asked for each row that the lock has given out.
 */
export async function lockRunAndClock({
  tx,
  actor,
  address,
  supplied,
}: {
  tx: SqlTx
  actor: Actor
  address: RunAddress
  supplied: Date | null
}): Promise<{ run: RunRow & { team_id: string }; clock: StreamClock } | null> {
  const teamId = actor.kind === 'anonymous' ? null : (actor.team?.id ?? null)
  if (teamId === null) return null
  const rows = await tx.$queryRaw<(RunRow & { team_id: string; seq: number; at_ms: bigint })[]>`
    WITH locked AS MATERIALIZED (
      SELECT ${RUN_COLUMNS}, r.team_id
      FROM run r JOIN service s ON s.id = r.service_id
      WHERE r.team_id = ${teamId}::uuid AND s.slug = ${address.service} AND r.number = ${address.number}
      FOR NO KEY UPDATE OF r
    )
    SELECT locked.*, c.seq, c.at_ms FROM locked, LATERAL stream_clock(locked.id, ${supplied}::timestamptz) c`
  const [row] = rows
  if (!row) return null
  const { seq, at_ms, ...run } = row
  return { run, clock: { seq, now: new Date(Number(at_ms)) } }
}

async function loadSlots({ tx, runId }: { tx: Tx; runId: string }): Promise<RuleSlot[]> {
  const rows = await tx.$queryRaw<SlotRow[]>`
    SELECT sl.role, sl.scope, so.member_id, so.member_name, so.decision, so.signed_at, so.stale_reason, so.manifest_hash, so.scope_digest,
           EXISTS (SELECT FROM member m JOIN member_role mr ON mr.member_id = m.id JOIN signoff_role sr ON sr.id = mr.role_id
                   WHERE m.id = so.member_id AND m.deactivated_at IS NULL AND sr.name = sl.role) AS holds_role
    FROM run_slot sl LEFT JOIN signoff so ON so.run_id = sl.run_id AND so.role = sl.role AND so.superseded_at IS NULL
    WHERE sl.run_id = ${runId}::uuid ORDER BY sl.ordinal`
  return rows.map(ruleSlot)
}

/** The run alone, locked, with its slots; null when it is absent or another team's. */
export async function loadRun({ tx, actor, address }: Asked): Promise<RunFacts | null> {
  const row = await lockRun({ tx, actor, address })
  if (!row) return null
  return {
    stream: row.id,
    teamId: row.team_id,
    run: ruleRun(row),
    slots: await loadSlots({ tx, runId: row.id }),
  }
}

/** The run, locked, with every item in document order: for signing, starting and ending. */
export async function loadWhole({ tx, actor, address }: Asked): Promise<WholeFacts | null> {
  const facts = await loadRun({ tx, actor, address })
  if (!facts) return null
  const rows = await tx.$queryRaw<ItemRow[]>`
    SELECT id, key, kind, ordinal, section_key, stage, text, required, owner_role, min_grade, shelf_life_seconds, needs_note, probe_hash, shadow_hash, claim_shelf_seconds, version, fold
    FROM run_item WHERE run_id = ${facts.run.id}::uuid ORDER BY ordinal`
  return { ...facts, items: rows.map(ruleItem) }
}
