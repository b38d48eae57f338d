import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { isSameSet, type MemberFacts, mayHoldSignoffRoles, roleList } from './roster.ts'

export type SignoffRolesFacts = Facts & {
  teamId: string
  member: MemberFacts
  teamRoles: readonly { id: string; name: string }[]
}

export type SignoffRolesChange = {
  memberId: string
  userId: string
  roles: { teamId: string; memberId: string; roleId: string }[]
  /** Hex of the session that stays: one's own, when one changes one's own roles. */
  keepSession: string | null
}

export function decideChangeSignoffRoles(
  { teamId, member, teamRoles }: SignoffRolesFacts,
  { from, to }: { from: string[]; to: string[] },
  { actor }: Pick<DecideContext, 'actor'>,
): Decision<SignoffRolesChange, { memberId: string; roles: string[] }> {
  const names = teamRoles.map((role) => role.name)
  const unknown = to.filter((role) => !names.includes(role))
  if (unknown.length > 0)
    return refused('invalid', 'Choose among the team’s roles.', {
      fields: { roles: `The team has no role ${unknown.join(', ')}.` },
    })
  const wanted = names.filter((name) => to.includes(name))
  if (isSameSet(member.roles, wanted))
    return { kind: 'unchanged', value: { memberId: member.id, roles: wanted } }
  if (!isSameSet(member.roles, from)) {
    return refused(
      'lost_race',
      `Somebody else changed this meanwhile: ${member.name} holds ${roleList(member.roles)} now. Nothing was changed; look again.`,
    )
  }
  if (wanted.length > 0 && !mayHoldSignoffRoles(member.accountRole)) {
    return refused(
      'no_signoff_roles',
      `${member.name}’s account role is ${member.accountRole}, which reads and does not sign. Change the account role first.`,
    )
  }
  const own = actor.kind === 'person' && actor.userId === member.userId
  return {
    kind: 'changed',
    change: {
      memberId: member.id,
      userId: member.userId,
      roles: teamRoles
        .filter((role) => wanted.includes(role.name))
        .map((role) => ({ teamId, memberId: member.id, roleId: role.id })),
      keepSession: own ? actor.sessionIdHash : null,
    },
    value: { memberId: member.id, roles: wanted },
    entries: [
      {
        action: 'team.signoff_roles_changed',
        data: { memberId: member.id, name: member.name, from: member.roles, to: wanted },
      },
    ],
  }
}
