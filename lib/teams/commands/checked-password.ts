import { decidePassword } from '#lib/people/password.ts'
import { hashPassword } from '#lib/server/passwords.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'

/** The hash of a new account's password, or why it is refused, under the field `password`. */
export async function checkedPassword({
  password,
  email,
  name,
}: {
  password: string
  email: string
  name: string
}): Promise<Result<{ passwordHash: string }>> {
  const answer = decidePassword({ password, email, name })
  if (!answer.ok) {
    return refuse({
      code: 'invalid',
      message: 'Choose another password.',
      fields: { password: answer.reason },
    })
  }
  return ok({ passwordHash: await hashPassword(password) })
}
