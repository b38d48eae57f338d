import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'

export const SIGNOFF_ROLES_MAX = 30

export type AddRoleFacts = Facts & { teamId: string; teamRoles: readonly string[] }
export type NewRole = { id: string; teamId: string; name: string; createdAt: Date }

/** A role of the team's own. Names that differ in case only would look the same on a signature. */
export function decideAddSignoffRole(
  { teamId, teamRoles }: AddRoleFacts,
  { name }: { name: string },
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<NewRole, { roleId: string; name: string }> {
  const same = teamRoles.find((role) => role.toLowerCase() === name.toLowerCase())
  if (same)
    return refused('name_taken', 'Choose another name.', {
      fields: { name: `The team has the role ${same} already.` },
    })
  if (teamRoles.length >= SIGNOFF_ROLES_MAX)
    return refused('too_many_roles', `A team has at most ${SIGNOFF_ROLES_MAX} sign-off roles.`)
  const id = newId()
  return {
    kind: 'changed',
    change: { id, teamId, name, createdAt: now },
    value: { roleId: id, name },
    entries: [{ action: 'team.signoff_role_added', data: { roleId: id, name } }],
  }
}
