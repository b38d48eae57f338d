import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'

export type DeliveryFacts = Facts & {
  teamId: string
  /** Locked: nobody else ends it meanwhile. */
  delivery: { id: string; state: string; fence: number; number: number }
  key: string
  noticeId: string
  receiverId: string
}

export type DeliveryChange = { id: string; state: 'sent' | 'failed'; words: string; at: Date }

/** What became of a letter is what the worker that holds it says; another's word comes too late. */
export function decideDelivery(
  { delivery, key, noticeId, receiverId }: DeliveryFacts,
  { fence, taken, words }: { fence: number; taken: boolean; words: string },
  { now }: DecideContext,
): Decision<DeliveryChange, { taken: boolean }> {
  if (delivery.state !== 'sending' || delivery.fence !== fence)
    return refused('delivery_over', 'Another worker holds this letter now.')
  return {
    kind: 'changed',
    change: { id: delivery.id, state: taken ? 'sent' : 'failed', words, at: now },
    value: { taken },
    entries: [
      {
        action: 'run.notice_delivered',
        data: { key, noticeId, receiverId, number: delivery.number, taken, words },
      },
    ],
  }
}
