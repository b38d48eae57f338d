import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'

export type ChangePasswordFacts = Facts & {
  userId: string
  kept: Uint8Array<ArrayBuffer>
  passwordHash: string
}
export type ChangePasswordChange = {
  userId: string
  kept: Uint8Array<ArrayBuffer>
  passwordHash: string
  passwordChangedAt: Date
}

/** The old password was checked before; the new one ends every other session of the person. */
export function decideChangePassword(
  { userId, kept, passwordHash }: ChangePasswordFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Decision<ChangePasswordChange, null> {
  return {
    kind: 'changed',
    change: { userId, kept, passwordHash, passwordChangedAt: now },
    value: null,
    entries: [{ action: 'account.password_changed', data: { userId, by: 'self' } }],
  }
}
