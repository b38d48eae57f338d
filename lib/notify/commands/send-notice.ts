import { z } from 'zod'
import { mayDo } from '#lib/access/policy.ts'
import { command } from '#lib/door/command.ts'
import { decideSend, type SendChange, type SendFacts } from '#lib/notify/decide-send.ts'
import { MESSAGE_MAX_LENGTH } from '#lib/notify/notice-text.ts'
import { receiversOf } from '#lib/notify/receivers.ts'
import { applyItems } from '#lib/runs/commands/apply-items.ts'
import { loadItem } from '#lib/runs/commands/load-item.ts'
import { itemAddress } from '#lib/runs/item-input.ts'
import type { Tx } from '#lib/server/db.ts'
import { newId, secretHash } from '#lib/server/ids.ts'
import { wakeLetterWorkers } from '#lib/server/letter-queue.ts'
import { noticeToken } from '#lib/server/notice-keys.ts'
import { spend } from '#lib/server/rate-limit.ts'
import { ok, refuse } from '#lib/shared/result.ts'
import { loadAround } from './load-notice.ts'

const LETTERS = { limit: 30, seconds: 300 }
const MISSING = 'Write what they should know.'

/** Letters leave under the operator's name: a team cannot send without end. */
export async function spendLetters(team: { id: string }): Promise<ReturnType<typeof refuse> | null> {
  const spent = await spend({ key: `notices:${team.id}`, window: LETTERS })
  if (spent.allowed) return null
  return refuse({
    code: 'too_often',
    message: `Notices were sent ${LETTERS.limit} times within five minutes. Try again in ${spent.retryAfterSeconds} s.`,
  })
}

async function apply(tx: Tx, change: SendChange): Promise<void> {
  const { teamId, runId, notice, receivers, deliveries, at } = change
  await applyItems(tx, change)
  await tx.notice.create({ data: notice, select: { id: true } })
  await tx.noticeReceiver.createMany({
    data: receivers.map((receiver, ordinal) => ({
      ...receiver,
      teamId,
      runId,
      noticeId: notice.id,
      ordinal,
    })),
  })
  await tx.noticeDelivery.createMany({
    data: deliveries.map((delivery) => ({
      ...delivery,
      teamId,
      runId,
      number: 1,
      state: 'queued',
      nextAt: at,
    })),
  })
  await wakeLetterWorkers(tx)
}

/** Queues a letter to each receiver of an item's notice and returns; a worker sends them. */
export const sendNotice = command({
  name: 'run.sendNotice',
  scope: 'team',
  input: itemAddress.extend({
    message: z
      .string({ error: MISSING })
      .max(MESSAGE_MAX_LENGTH, `At most ${MESSAGE_MAX_LENGTH.toLocaleString('en')} characters.`)
      .trim()
      .min(1, MISSING),
    receivers: z.array(z.string().max(600)).max(100),
  }),
  prepare: async (_input, actor) => {
    if (actor.kind !== 'person' || actor.team === null || mayDo({ actor, verb: 'run.sendNotice' }) !== true)
      return ok(null)
    return (await spendLetters(actor.team)) ?? ok(null)
  },
  facts: async (tx, input, actor): Promise<SendFacts | null> => {
    const found = await loadItem({ tx, actor, address: input, key: input.key, supplied: null })
    const place = found && (await loadAround({ tx, run: found.run, item: found.item }))
    if (!found || !place) return null
    const { clock: _clock, ...facts } = found
    const { notice } = found.item
    const receivers = notice ? receiversOf(notice, place.around) : []
    return {
      ...facts,
      about: place.about,
      receivers: receivers.map((receiver) => {
        const id = newId()
        return { ...receiver, id, tokenHash: secretHash(noticeToken(id)) }
      }),
    }
  },
  subject: ({ item }) => ({ role: item.ownerRole }),
  decide: decideSend,
  apply,
})
