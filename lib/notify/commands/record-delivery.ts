import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { type DeliveryChange, type DeliveryFacts, decideDelivery } from '#lib/notify/decide-delivery.ts'
import type { Tx } from '#lib/server/db.ts'

type Found = {
  run_id: string
  id: string
  state: string
  fence: number
  number: number
  key: string
  notice_id: string
  receiver_id: string
}

async function apply(tx: Tx, { id, state, words, at }: DeliveryChange): Promise<void> {
  await tx.noticeDelivery.update({
    where: { id },
    data: { state, words, endedAt: at, leaseUntil: null },
    select: { id: true },
  })
}

/** A worker says what became of a letter. `fence`: the one that its lease was given. */
export const recordDelivery = command({
  name: 'run.recordDelivery',
  scope: 'team',
  input: z.object({
    team: z.string(),
    deliveryId: z.uuid(),
    fence: z.int(),
    taken: z.boolean(),
    words: z.string().max(600),
  }),
  facts: async (tx, { deliveryId }, actor): Promise<DeliveryFacts | null> => {
    const teamId = actor.kind === 'system' ? actor.team?.id : undefined
    if (teamId === undefined) return null
    await tx.$executeRaw`
      SELECT FROM run WHERE id = (SELECT run_id FROM notice_delivery WHERE id = ${deliveryId}::uuid AND team_id = ${teamId}::uuid)
      FOR NO KEY UPDATE`
    const rows = await tx.$queryRaw<Found[]>`
      SELECT d.run_id, d.id, d.state, d.fence, d.number, i.key, n.id AS notice_id, d.receiver_id
      FROM notice_delivery d JOIN notice_receiver r ON r.id = d.receiver_id JOIN notice n ON n.id = r.notice_id
      JOIN run_item i ON i.id = n.item_id
      WHERE d.id = ${deliveryId}::uuid AND d.team_id = ${teamId}::uuid FOR UPDATE OF d`
    const [found] = rows
    if (!found) return null
    const { run_id: stream, id, state, fence, number, key } = found
    return {
      stream,
      teamId,
      delivery: { id, state, fence, number },
      key,
      noticeId: found.notice_id,
      receiverId: found.receiver_id,
    }
  },
  decide: decideDelivery,
  apply,
})
