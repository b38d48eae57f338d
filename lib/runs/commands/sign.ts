import { z } from 'zod'
import { isMember } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { checkOwnPassword } from '#lib/people/commands/check-password.ts'
import type { Tx } from '#lib/server/db.ts'
import { isStamped } from '#lib/server/stamp.ts'
import { DECISIONS } from '#lib/shared/codes.ts'
import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'
import { type Refusal, refuse } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { decideSign, type SignChange, type SignFacts } from '../decide-sign.ts'
import { optionalText, runAddress } from '../item-input.ts'
import { loadWhole } from './load-run.ts'

const TOO_LONG = `At most ${sizeWords(LIMITS.signingTextBytes)} can be signed.`

const input = runAddress.extend({
  role: z.string().min(1).max(80),
  decision: z.enum(DECISIONS),
  reason: optionalText,
  /** The canonical text as shown, and the mark that this instance put on it. */
  manifest: z.string().refine((text) => utf8Bytes(text) <= LIMITS.signingTextBytes, TOO_LONG),
  mark: z.string(),
  password: z.string().min(1, 'Type your password: signing asks for it every time.').max(1000),
})

const FOREIGN_TEXT: Refusal = {
  code: 'other_manifest',
  message: 'The text on the page is not one that Countersign showed. Reload the page.',
}

async function apply(tx: Tx, change: SignChange): Promise<void> {
  const { runId, role, signoffId, at, ...row } = change
  await tx.signoff.updateMany({ where: { runId, role, supersededAt: null }, data: { supersededAt: at } })
  const { teamId } = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { teamId: true } })
  await tx.signoff.create({
    data: { ...row, id: signoffId, teamId, runId, role, method: 'password', signedAt: at },
    select: { id: true },
  })
  await tx.run.update({ where: { id: runId }, data: { revision: { increment: 1 } }, select: { id: true } })
}

/** Signs one slot: re-authentication first (21 CFR 11.200(a)(1)), then the rule under the run's lock. */
export const sign = command({
  name: 'run.sign',
  scope: 'team',
  input,
  prepare: async (given, actor) => {
    if (!isStamped({ text: given.manifest, mark: given.mark })) return refuse(FOREIGN_TEXT)
    if (!isMember(actor)) return refuse({ code: 'forbidden', message: 'Only a member of the team signs.' })
    return checkOwnPassword({ userId: actor.userId, password: given.password })
  },
  facts: async (tx, given, actor): Promise<SignFacts | null> => {
    const facts = await loadWhole({ tx, actor, address: given })
    if (!facts || !isMember(actor)) return null
    const { memberId, roles } = actor.team
    return { ...facts, signer: { memberId, name: actor.name, roles } }
  },
  subject: (_, given) => ({ role: given.role }),
  decide: decideSign,
  apply,
})
