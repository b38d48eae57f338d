import { hashPassword } from '#lib/server/passwords.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'

/** The hash of a new password, or why it is refused. `words`: what the password must not be made of. */
export async function checkedPassword({
  password,
}: {
  password: string
  words: readonly string[]
}): Promise<Result<{ passwordHash: string }>> {
  if (password.length < 12) {
    return refuse({
      code: 'invalid',
      message: 'Choose another password.',
      fields: { password: 'At least 12 characters.' },
    })
  }
  return ok({ passwordHash: await hashPassword(password) })
}
