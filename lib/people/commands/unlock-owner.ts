import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { emailField } from '#lib/people/email.ts'
import { decideUnlockOwner } from '#lib/people/unlock-owner.ts'
import { newSecret, secretHash } from '#lib/server/ids.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { ok } from '#lib/shared/result.ts'

/** A one-time reset link for an owner whom nobody else can help; only the console runs it. */
export const unlockOwner = command({
  name: 'account.unlockOwner',
  scope: 'account',
  secret: true,
  input: z.object({ email: emailField }),
  async prepare() {
    return ok({ token: newSecret() })
  },
  async facts(tx, { email }, _actor, { token }) {
    const user = await tx.user.findUnique({
      where: { email },
      select: { id: true, email: true, deactivatedAt: true, instanceAdmin: true },
    })
    if (!user) return null
    const teams = await tx.$queryRaw<{ name: string; otherOwners: string[] }[]>`
      SELECT t.name, ARRAY(
        SELECT u.name FROM member o JOIN user_account u ON u.id = o.user_id AND u.deactivated_at IS NULL
        WHERE o.team_id = t.id AND o.account_role = 'owner' AND o.deactivated_at IS NULL AND o.user_id <> ${user.id}::uuid
        ORDER BY u.name) AS "otherOwners"
      FROM member m JOIN team t ON t.id = m.team_id
      WHERE m.user_id = ${user.id}::uuid AND m.account_role = 'owner' AND m.deactivated_at IS NULL ORDER BY t.name`
    const { id, instanceAdmin, deactivatedAt } = user
    return {
      stream: SYSTEM_STREAM,
      teamId: null,
      user: { id, email, instanceAdmin, deactivated: deactivatedAt !== null },
      teams,
      tokenHash: secretHash(token),
      token,
    }
  },
  decide: decideUnlockOwner,
  async apply(tx, link) {
    await tx.resetLink.create({ data: link, select: { id: true } })
  },
})
