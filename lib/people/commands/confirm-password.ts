import type { Actor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'
import { verifyPassword } from '#lib/server/passwords.ts'
import { forget, spendSlowly } from '#lib/server/rate-limit.ts'
import type { Refusal } from '#lib/shared/result.ts'

// Five tries freely, then a growing pause: whoever holds an unlocked browser must not guess on.
const SLOWDOWN = { free: 5, firstSeconds: 5, mostSeconds: 300, forgetSeconds: 3600 }

/**
 * Re-authentication at the moment of an act (21 CFR 11.200(a)(1), OWASP ASVS 5.0 7.5.3): null when the password is the
 * actor's own, else the refusal for the field `password`.
 */
export async function confirmPassword({
  actor,
  password,
}: {
  actor: Actor
  password: string
}): Promise<Refusal | null> {
  if (actor.kind !== 'person') return { code: 'not_signed_in', message: 'Sign in to do this.' }
  const key = `confirm:${actor.userId}`
  const spent = await spendSlowly({ key, slowdown: SLOWDOWN })
  if (!spent.allowed) {
    const message = `Too many wrong passwords. Try again in ${spent.retryAfterSeconds} seconds.`
    return { code: 'too_many_requests', message, fields: { password: message } }
  }
  const user = await db().user.findUnique({ where: { id: actor.userId }, select: { passwordHash: true } })
  if (await verifyPassword({ hash: user?.passwordHash ?? null, password })) {
    await forget({ prefix: key })
    return null
  }
  const message = 'This is not your password. Nothing was done.'
  return { code: 'wrong_password', message, fields: { password: message } }
}
