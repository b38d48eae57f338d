import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideResetPassword, RESET_LINK_CLOSED, type ResetLinkFacts } from '#lib/people/reset-link.ts'
import { waitWords } from '#lib/people/wait-words.ts'
import { db, type Tx } from '#lib/server/db.ts'
import { emailHash } from '#lib/server/email-hash.ts'
import { secretHash } from '#lib/server/ids.ts'
import { networkOf, spend } from '#lib/server/rate-limit.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { ok, refuse } from '#lib/shared/result.ts'
import { endSessionsOf } from './end-sessions.ts'
import { preparePassword } from './prepare-password.ts'

async function lockLink(tx: Tx, token: string): Promise<ResetLinkFacts | null> {
  const rows = await tx.$queryRaw<ResetLinkFacts[]>`
    SELECT l.id, l.used_at AS "usedAt", l.expires_at AS "expiresAt", l.user_id AS "userId", u.deactivated_at IS NOT NULL AS deactivated
    FROM reset_link l JOIN user_account u ON u.id = l.user_id
    WHERE l.token_hash = ${secretHash(token)} FOR UPDATE`
  return rows[0] ?? null
}

/** Sets a new password by a one-time link; all sessions of the person end, and they sign in with the new one. */
export const resetPassword = command({
  name: 'account.resetPassword',
  scope: 'account',
  secret: true,
  input: z.object({ token: z.string().max(200), password: z.string().max(1_000) }),
  async prepare({ token, password }, actor) {
    const ip = actor.kind === 'anonymous' ? networkOf(actor.ip) : 'signed-in'
    const spent = await spend({ key: `reset:${ip}`, window: { limit: 60, seconds: 3_600 } })
    if (!spent.allowed) {
      return refuse({
        code: 'too_many_requests',
        message: `Too many attempts. Wait ${waitWords(spent.retryAfterSeconds)}.`,
      })
    }
    const link = await db().resetLink.findUnique({
      where: { tokenHash: secretHash(token) },
      select: { user: { select: { email: true, name: true } } },
    })
    if (!link) return refuse({ code: 'reset_link_unknown', message: RESET_LINK_CLOSED.unknown })
    const prepared = await preparePassword({ password, ...link.user })
    return prepared.ok ? ok({ ...prepared.value, emailHash: emailHash(link.user.email) }) : prepared
  },
  async facts(tx, { token }, _actor, { passwordHash, emailHash: hashed }) {
    return {
      stream: SYSTEM_STREAM,
      teamId: null,
      link: await lockLink(tx, token),
      passwordHash,
      emailHash: hashed,
    }
  },
  decide: decideResetPassword,
  async apply(tx, { userId, passwordHash, passwordChangedAt, emailHash: hashed }) {
    await tx.user.update({ where: { id: userId }, data: { passwordHash, passwordChangedAt } })
    await tx.resetLink.updateMany({ where: { userId, usedAt: null }, data: { usedAt: passwordChangedAt } })
    await endSessionsOf(tx, { userId, reason: 'password_reset' })
    // Whoever forgot the password has just failed with the old one: the waits end with it.
    await tx.$executeRaw`DELETE FROM rate_limit WHERE starts_with(key, ${`sign-in:${hashed}:`}) OR key = ${`password:${userId}`}`
  },
})
