import { tooManyTries } from '#lib/people/wait-words.ts'
import { db } from '#lib/server/db.ts'
import { verifyPassword } from '#lib/server/passwords.ts'
import { forget, type Slowdown, spendSlowly } from '#lib/server/rate-limit.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'

const RE_ENTRY: Slowdown = { free: 5, firstSeconds: 30, mostSeconds: 900, forgetSeconds: 86_400 }

/**
 * Re-authentication: whether `password` is the person's own at this moment. For `prepare` of commands that ask for it
 * again (signing, changing the password); slowed down after five wrong ones in a row. `field`
 * names the input that the refusal points at.
 */
export async function checkOwnPassword({
  userId,
  password,
  field = 'password',
}: {
  userId: string
  password: string
  field?: string
}): Promise<Result<null>> {
  const key = `password:${userId}`
  const spent = await spendSlowly({ key, slowdown: RE_ENTRY })
  if (!spent.allowed) {
    const message = tooManyTries(spent.retryAfterSeconds)
    return refuse({
      code: 'too_many_requests',
      message,
      fields: { [field]: message },
      detail: { retryAfterSeconds: spent.retryAfterSeconds },
    })
  }
  const user = await db().user.findUnique({
    where: { id: userId },
    select: { passwordHash: true, deactivatedAt: true },
  })
  const right = await verifyPassword({ hash: user?.passwordHash ?? null, password })
  if (!right || !user || user.deactivatedAt) {
    return refuse({
      code: 'wrong_password',
      message: 'The password is not right.',
      fields: { [field]: 'This is not your password.' },
    })
  }
  await forget({ prefix: key })
  return ok(null)
}
