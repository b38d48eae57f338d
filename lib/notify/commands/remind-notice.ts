import { z } from 'zod'
import { mayDo } from '#lib/access/policy.ts'
import { command } from '#lib/door/command.ts'
import { decideRemind, type RemindChange, type RemindFacts } from '#lib/notify/decide-remind.ts'
import { loadItem } from '#lib/runs/commands/load-item.ts'
import { runAddress } from '#lib/runs/item-input.ts'
import type { Tx } from '#lib/server/db.ts'
import { wakeLetterWorkers } from '#lib/server/letter-queue.ts'
import { ok } from '#lib/shared/result.ts'
import { spendLetters } from './send-notice.ts'

async function apply(tx: Tx, { teamId, runId, at, deliveries }: RemindChange): Promise<void> {
  await tx.noticeDelivery.createMany({
    data: deliveries.map((delivery) => ({ ...delivery, teamId, runId, state: 'queued', nextAt: at })),
  })
  await wakeLetterWorkers(tx)
}

/** Queues the letters of a standing notice once more. */
export const remindNotice = command({
  name: 'run.remindNotice',
  scope: 'team',
  input: runAddress.extend({
    key: z.string().max(200),
    receivers: z.union([z.array(z.uuid()).min(1).max(100), z.literal('all')]),
  }),
  prepare: async (_input, actor) => {
    if (actor.kind !== 'person' || actor.team === null || mayDo({ actor, verb: 'run.remindNotice' }) !== true)
      return ok(null)
    return (await spendLetters(actor.team)) ?? ok(null)
  },
  facts: async (tx, input, actor): Promise<RemindFacts | null> => {
    const found = await loadItem({ tx, actor, address: input, key: input.key, supplied: null })
    if (!found) return null
    const { stream, teamId, run, item, sent } = found
    return {
      stream,
      teamId,
      run,
      item,
      notice: sent && { id: sent.id, expiresAt: sent.expiresAt },
      receivers: (sent?.receivers ?? []).map(({ id, state, number, acknowledgedAt }) => ({
        id,
        state,
        number,
        acknowledged: acknowledgedAt !== null,
      })),
    }
  },
  subject: ({ item }) => ({ role: item.ownerRole }),
  decide: decideRemind,
  apply,
})
