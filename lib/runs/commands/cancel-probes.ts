import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import type { Tx } from '#lib/server/db.ts'
import { wakeProbeWorkers } from '#lib/server/probe-queue.ts'
import { Prisma } from '#prisma/generated/client.ts'
import { type CancelProbesChange, type CancelProbesFacts, decideCancelProbes } from '../decide-probes.ts'
import { runAddress } from '../item-input.ts'
import { lockRun } from './load-run.ts'
import { itemKeys } from './start-probes.ts'

async function apply(tx: Tx, { attemptIds, at }: CancelProbesChange): Promise<void> {
  await tx.probeAttempt.updateMany({
    where: { id: { in: attemptIds }, state: { in: ['queued', 'running'] } },
    data: { state: 'cancelled', endedAt: at, leaseUntil: null, looks: Prisma.DbNull },
  })
  await wakeProbeWorkers(tx)
}

/** Ends attempts: a waiting one never starts, a running one loses its lease and its worker closes the socket. */
export const cancelProbes = command({
  name: 'run.cancelProbes',
  scope: 'team',
  input: runAddress.extend({ keys: z.union([itemKeys, z.literal('all')]) }),
  facts: async (tx, input, actor): Promise<CancelProbesFacts | null> => {
    const run = await lockRun({ tx, actor, address: input })
    if (!run) return null
    const active = await tx.$queryRaw<CancelProbesFacts['active']>`
      SELECT a.id AS "attemptId", i.key FROM probe_attempt a JOIN run_item i ON i.id = a.item_id
      WHERE a.run_id = ${run.id}::uuid AND a.state IN ('queued', 'running') ORDER BY i.ordinal`
    return { stream: run.id, teamId: run.team_id, active }
  },
  decide: decideCancelProbes,
  apply,
})
