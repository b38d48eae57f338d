import { ACCOUNT_ROLES, type AccountRole } from '#lib/shared/codes.ts'
import { LIMITS } from '#lib/shared/limits.ts'

/** A member as the rules about people see one. `roles`: names of the sign-off roles held. */
export type MemberFacts = {
  id: string
  userId: string
  name: string
  email: string
  accountRole: AccountRole
  deactivated: boolean
  roles: string[]
}

export function isAccountRole(word: string): word is AccountRole {
  return (ACCOUNT_ROLES as readonly string[]).includes(word)
}

/** Managers and auditors read: whoever judges the record does not sign it. */
export function mayHoldSignoffRoles(accountRole: AccountRole): boolean {
  return accountRole !== 'manager' && accountRole !== 'auditor'
}

/** True when the team would have nobody left who may manage owners. `owners` counts those not deactivated. */
export function isLastOwner({ member, owners }: { member: MemberFacts; owners: number }): boolean {
  return member.accountRole === 'owner' && !member.deactivated && owners <= 1
}

/** `people`: members not deactivated plus open invitations. */
export function isTeamFull(people: number): boolean {
  return people >= LIMITS.membersPerTeam
}

export const TEAM_FULL = `A team has at most ${LIMITS.membersPerTeam} people, open invitations included. Deactivate somebody or revoke an invitation first.`

export function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const set = new Set(other)
  return new Set(one).size === set.size && one.every((entry) => set.has(entry))
}

/** “Developer and Security”, “no role”. */
export function roleList(roles: readonly string[]): string {
  if (roles.length === 0) return 'no role'
  return roles.length === 1 ? roles.join('') : `${roles.slice(0, -1).join(', ')} and ${roles.at(-1)}`
}
