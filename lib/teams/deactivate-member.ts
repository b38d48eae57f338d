import type { DecideContext, Decision } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { MemberChangeFacts } from './change-account-role.ts'
import { isLastOwner } from './roster.ts'

export type StandingChange = { memberId: string; userId: string; deactivatedAt: Date | null }

/** Keeps the person and all that they did in the record; only the way in closes. */
export function decideDeactivateMember(
  { member, owners }: MemberChangeFacts,
  { confirmSelf }: { confirmSelf?: boolean | undefined },
  { actor, now }: Pick<DecideContext, 'actor' | 'now'>,
): Decision<StandingChange, { memberId: string }> {
  const value = { memberId: member.id }
  if (member.deactivated) return { kind: 'unchanged', value }
  if (isLastOwner({ member, owners })) {
    return refused(
      'last_owner',
      `${member.name} is the only owner. Make somebody else an owner first: a team without one cannot be managed.`,
    )
  }
  if (actor.kind === 'person' && actor.userId === member.userId && !confirmSelf) {
    return refused(
      'confirm_self',
      'This is you: you would be signed out at once, and only another owner or admin could let you in again.',
    )
  }
  return {
    kind: 'changed',
    change: { memberId: member.id, userId: member.userId, deactivatedAt: now },
    value,
    entries: [{ action: 'team.member_deactivated', data: { memberId: member.id, name: member.name } }],
  }
}
