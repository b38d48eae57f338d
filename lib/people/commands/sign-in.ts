import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideSignIn } from '#lib/people/sign-in.ts'
import { tooManyTries, waitWords } from '#lib/people/wait-words.ts'
import { db } from '#lib/server/db.ts'
import { emailHash } from '#lib/server/email-hash.ts'
import { newSecret, secretHash } from '#lib/server/ids.ts'
import { verifyPassword } from '#lib/server/passwords.ts'
import {
  forget,
  giveBack,
  networkOf,
  type Slowdown,
  spend,
  spendSlowly,
  type Window,
} from '#lib/server/rate-limit.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { ok, refuse } from '#lib/shared/result.ts'
import { endSessions } from './end-sessions.ts'

/** Ten wrong passwords in a row from one network for one address, then longer and longer waits; never a lock for all networks. */
export const PER_ACCOUNT: Slowdown = { free: 10, firstSeconds: 30, mostSeconds: 900, forgetSeconds: 86_400 }
/** Wrong passwords a day from one network, whatever the address. */
export const PER_NETWORK: Window = { limit: 100, seconds: 86_400 }

const wait = (message: string, retryAfterSeconds: number) =>
  refuse({ code: 'too_many_requests', message, detail: { retryAfterSeconds } })

const input = z.object({
  email: z.string().max(1_000),
  password: z.string().max(1_000),
  userAgent: z.string().max(10_000).default(''),
  /** The session id that the browser held before. */
  before: z.string().nullable().default(null),
})

/**
 * A new session for the right password. Both limits are counted before the password is looked at and given back when
 * it was right; every attempt that they let through costs exactly one verification, whether the address is known or not.
 */
export const signIn = command({
  name: 'account.signIn',
  scope: 'account',
  secret: true,
  input,
  async prepare({ email, password }, actor) {
    const ip = actor.kind === 'anonymous' ? networkOf(actor.ip) : 'unknown'
    const address = email.trim().toLowerCase()
    const hashed = emailHash(address)
    const [accountKey, networkKey] = [`sign-in:${hashed}:${ip}`, `sign-in-network:${ip}`]
    const account = await spendSlowly({ key: accountKey, slowdown: PER_ACCOUNT })
    if (!account.allowed) return wait(tooManyTries(account.retryAfterSeconds), account.retryAfterSeconds)
    const network = await spend({ key: networkKey, window: PER_NETWORK })
    if (!network.allowed) {
      await giveBack(accountKey)
      const words = `Too many failed sign-ins from your network today. Wait ${waitWords(network.retryAfterSeconds)}, or sign in from another network.`
      return wait(words, network.retryAfterSeconds)
    }
    const user = await db().user.findUnique({
      where: { email: address },
      select: { id: true, passwordHash: true },
    })
    const right = await verifyPassword({ hash: user?.passwordHash ?? null, password })
    if (right) await Promise.all([forget({ prefix: accountKey }), giveBack(networkKey)])
    const userId = right && user ? user.id : null
    return ok({ userId, passwordHash: user?.passwordHash ?? '', emailHash: hashed, sid: newSecret() })
  },
  async facts(tx, { userAgent, before }, actor, { userId, passwordHash, emailHash: hashed, sid }) {
    // Read again under a lock: a password set or an account deactivated since the verification counts.
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM user_account
      WHERE id = ${userId}::uuid AND password_hash = ${passwordHash} AND deactivated_at IS NULL FOR SHARE`
    return {
      stream: SYSTEM_STREAM,
      teamId: null,
      userId: rows[0]?.id ?? null,
      emailHash: hashed,
      sid,
      sidHash: secretHash(sid),
      before: before === null ? null : secretHash(before),
      ip: actor.kind === 'anonymous' ? actor.ip : 'unknown',
      userAgent,
    }
  },
  decide: decideSignIn,
  async apply(tx, { sessions, ended }) {
    await endSessions(tx, { ids: ended, reason: 'replaced' })
    await tx.session.createMany({ data: sessions })
  },
})
