import { decidePassword } from '#lib/people/password.ts'
import { hashPassword } from '#lib/server/passwords.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'

/**
 * For `prepare` of every command that sets a password: the policy, then the hash for `user_account.password_hash`.
 * `field` names the input that the refusal points at.
 */
export async function preparePassword({
  password,
  email,
  name,
  field = 'password',
}: {
  password: string
  email: string
  name: string
  field?: string
}): Promise<Result<{ passwordHash: string }>> {
  const answer = decidePassword({ password, email, name })
  if (!answer.ok) {
    return refuse({
      code: 'weak_password',
      message: 'Choose another password.',
      fields: { [field]: answer.reason },
    })
  }
  return ok({ passwordHash: await hashPassword(password) })
}
