import type { Tx } from '#lib/server/db.ts'
import { wakeProbeWorkers } from '#lib/server/probe-queue.ts'

/**
 * What is asked or waits to be asked begins again: it was about the release that the run had before. A worker that asks now has lost its
 * lease, so that what it brings is refused.
 */
export async function restartAttempts(tx: Tx, { runId }: { runId: string }): Promise<void> {
  await tx.$executeRaw`
    UPDATE probe_attempt SET state = 'queued', started_at = NULL, lease_until = NULL, target = NULL, due_at = NULL, looks = NULL
    WHERE run_id = ${runId}::uuid AND state IN ('queued', 'running')`
  await wakeProbeWorkers(tx)
}
