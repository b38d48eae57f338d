import type { PushedKind } from '#lib/probes/kinds.ts'
import type { Tx } from '#lib/server/db.ts'
import { wakeProbeWorkers } from '#lib/server/probe-queue.ts'
import type { PushedAttempts, WaitingItem } from '../pushed-items.ts'
import { type ItemRow, ruleItem } from '../rows.ts'

/** The items of a run whose probe waits for what is pushed. */
export async function loadWaiting({
  tx,
  runId,
  kind,
}: {
  tx: Tx
  runId: string
  kind: PushedKind
}): Promise<WaitingItem[]> {
  const rows = await tx.$queryRaw<(ItemRow & Pick<WaitingItem, 'active' | 'probe'>)[]>`
    SELECT i.id, i.key, i.kind, i.ordinal, i.section_key, i.stage, i.text, i.required, i.owner_role, i.min_grade,
           i.shelf_life_seconds, i.needs_note, i.probe_hash, i.shadow_hash, i.claim_shelf_seconds, i.version, i.fold, i.probe,
           EXISTS (SELECT FROM probe_attempt a WHERE a.item_id = i.id AND a.state IN ('queued', 'running')) AS active
    FROM run_item i WHERE i.run_id = ${runId}::uuid AND i.probe ->> 'kind' = ${kind} AND coalesce(i.probe_hash, i.shadow_hash) IS NOT NULL
    ORDER BY i.ordinal`
  return rows.map((row) => ({ ...ruleItem(row), active: row.active, probe: row.probe }))
}

/** Queues what a push set off. An attempt under way goes back to the queue: it may have looked a moment too early. */
export async function startAttempts(
  tx: Tx,
  { teamId, runId, at, attempts, again }: PushedAttempts & { teamId: string; runId: string; at: Date },
): Promise<void> {
  await tx.probeAttempt.createMany({
    data: attempts.map((attempt) => ({ ...attempt, teamId, runId, requestedAt: at, state: 'queued' })),
  })
  await tx.$executeRaw`
    UPDATE probe_attempt SET state = 'queued', started_at = NULL, lease_until = NULL, target = NULL
    WHERE item_id = ANY(${again}::uuid[]) AND state = 'running'`
  await wakeProbeWorkers(tx)
}
