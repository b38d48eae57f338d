import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideChangePassword } from '#lib/people/change-password.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { refuse } from '#lib/shared/result.ts'
import { checkOwnPassword } from './check-password.ts'
import { endSessionsOf } from './end-sessions.ts'
import { preparePassword } from './prepare-password.ts'

export const changePassword = command({
  name: 'account.changePassword',
  scope: 'account',
  secret: true,
  input: z.object({
    currentPassword: z.string().min(1, 'Type your password.').max(1_000),
    newPassword: z.string().max(1_000),
  }),
  async prepare({ currentPassword, newPassword }, actor) {
    if (actor.kind !== 'person') return refuse({ code: 'not_signed_in', message: 'Sign in first.' })
    const checked = await checkOwnPassword({
      userId: actor.userId,
      password: currentPassword,
      field: 'currentPassword',
    })
    if (!checked.ok) return checked
    if (currentPassword === newPassword) {
      const fields = { newPassword: 'This is the password that you have. Choose another one.' }
      return refuse({ code: 'same_password', message: 'Choose another password.', fields })
    }
    return preparePassword({
      password: newPassword,
      email: actor.email,
      name: actor.name,
      field: 'newPassword',
    })
  },
  async facts(tx, _input, actor, { passwordHash }) {
    if (actor.kind !== 'person') return null
    await tx.$queryRaw`SELECT id FROM user_account WHERE id = ${actor.userId}::uuid FOR UPDATE`
    const kept = new Uint8Array(Buffer.from(actor.sessionIdHash, 'hex'))
    return { stream: SYSTEM_STREAM, teamId: null, userId: actor.userId, kept, passwordHash }
  },
  decide: decideChangePassword,
  async apply(tx, { userId, kept, passwordHash, passwordChangedAt }) {
    await tx.user.update({ where: { id: userId }, data: { passwordHash, passwordChangedAt } })
    await tx.resetLink.updateMany({ where: { userId, usedAt: null }, data: { usedAt: passwordChangedAt } })
    await endSessionsOf(tx, { userId, reason: 'password_changed', kept })
  },
})
