import type { AuditEntries } from '#lib/audit/events.ts'
import type { Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import { isLastOwner, type MemberFacts, mayHoldSignoffRoles } from './roster.ts'

export type MemberChangeFacts = Facts & {
  teamId: string
  member: MemberFacts /** Owners not deactivated. */
  owners: number
}

export type AccountRoleChange = {
  memberId: string
  userId: string
  accountRole: AccountRole
  dropRoles: string[]
}

/** `from` is what the screen showed: two administrators at once do not overwrite each other unseen. */
export function decideChangeAccountRole(
  { member, owners }: MemberChangeFacts,
  { from, to }: { from: AccountRole; to: AccountRole },
  _context: unknown,
): Decision<AccountRoleChange, { memberId: string; accountRole: AccountRole; droppedRoles: string[] }> {
  if (member.accountRole === to)
    return { kind: 'unchanged', value: { memberId: member.id, accountRole: to, droppedRoles: [] } }
  if (member.accountRole !== from) {
    return refused(
      'lost_race',
      `Somebody else made ${member.name} ${member.accountRole} meanwhile. Nothing was changed; look again.`,
    )
  }
  if (isLastOwner({ member, owners })) {
    return refused(
      'last_owner',
      `${member.name} is the only owner. Make somebody else an owner first: a team without one cannot be managed.`,
    )
  }
  const dropped = mayHoldSignoffRoles(to) ? [] : member.roles
  const changed = {
    action: 'team.account_role_changed' as const,
    data: { memberId: member.id, name: member.name, from, to },
  }
  const entries: AuditEntries =
    dropped.length === 0
      ? [changed]
      : [
          changed,
          {
            action: 'team.signoff_roles_changed',
            data: { memberId: member.id, name: member.name, from: dropped, to: [] },
          },
        ]
  return {
    kind: 'changed',
    change: { memberId: member.id, userId: member.userId, accountRole: to, dropRoles: dropped },
    value: { memberId: member.id, accountRole: to, droppedRoles: dropped },
    entries,
  }
}
