import { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { UNKNOWN_LINK } from '#lib/notify/acknowledgement.ts'
import {
  type AcknowledgeChange,
  type AcknowledgeFacts,
  decideAcknowledge,
} from '#lib/notify/decide-acknowledge.ts'
import { applyItems } from '#lib/runs/commands/apply-items.ts'
import { db, type Tx } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import { networkOf, spend } from '#lib/server/rate-limit.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'
import { addressOf } from '#lib/teams/commands/team-facts.ts'
import { loadLink } from './load-link.ts'

const GUESSES = { limit: 30, seconds: 600 }

/** Counts a link that is none against whoever sent it; a refusal once there were too many. */
export async function spendGuess(actor: Actor): Promise<{ tooMany: boolean }> {
  const from = actor.kind === 'person' ? actor.userId : networkOf(addressOf(actor))
  const spent = await spend({ key: `ack:${from}`, window: GUESSES })
  return { tooMany: !spent.allowed }
}

/** Who is signed in, as a member of the link's team; a stranger to the team is treated as nobody. */
export async function viewerOf(actor: Actor, teamId: string): Promise<AcknowledgeFacts['viewer']> {
  if (actor.kind !== 'person') return null
  const member = await db().member.findFirst({
    where: { teamId, userId: actor.userId, deactivatedAt: null },
    select: { id: true },
  })
  return member && { memberId: member.id, name: actor.name }
}

async function apply(tx: Tx, change: AcknowledgeChange): Promise<void> {
  const { receiverId, name, memberId, at } = change
  await applyItems(tx, change)
  await tx.noticeReceiver.update({
    where: { id: receiverId },
    data: { acknowledgedAt: at, acknowledgedBy: name, acknowledgedMember: memberId },
    select: { id: true },
  })
}

type Prepared = { tokenHash: Uint8Array<ArrayBuffer>; viewer: AcknowledgeFacts['viewer'] }

/** A receiver acknowledges, by the link that was sent to them and a deliberate press. */
export const acknowledgeNotice = command({
  name: 'run.acknowledgeNotice',
  scope: 'account',
  // The token is a secret: the answer is not kept under a key that stands beside it.
  secret: true,
  input: z.object({
    token: z.string().max(200),
    name: z
      .string()
      .trim()
      .max(100, 'At most 100 characters.')
      .transform((name) => name.replace(/\s+/g, ' ') || null)
      .nullable()
      .default(null),
  }),
  prepare: async ({ token }, actor): Promise<Result<Prepared>> => {
    const tokenHash = secretHash(token)
    const receiver = await db().noticeReceiver.findUnique({ where: { tokenHash }, select: { teamId: true } })
    if (receiver) return ok({ tokenHash, viewer: await viewerOf(actor, receiver.teamId) })
    const { tooMany } = await spendGuess(actor)
    return tooMany
      ? refuse({
          code: 'too_many_requests',
          message: 'Too many links that are none. Try again in ten minutes.',
        })
      : refuse({ code: 'not_found', message: `${UNKNOWN_LINK.title} ${UNKNOWN_LINK.advice}` })
  },
  facts: async (tx, _input, _actor, { tokenHash, viewer }): Promise<AcknowledgeFacts | null> => {
    // The run's lock first, as everywhere: whoever acknowledges second sees the first.
    await tx.$executeRaw`
      SELECT FROM run WHERE id = (SELECT run_id FROM notice_receiver WHERE token_hash = ${tokenHash}) FOR NO KEY UPDATE`
    const found = await loadLink(tx, tokenHash)
    if (!found) return null
    const { teamId, link, receivers, acknowledged, covering } = found
    return { stream: link.run.id, teamId, link, receivers, acknowledged, covering, viewer }
  },
  decide: decideAcknowledge,
  apply,
})
