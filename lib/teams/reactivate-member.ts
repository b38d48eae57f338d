import type { Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { StandingChange } from './deactivate-member.ts'
import { isTeamFull, type MemberFacts, TEAM_FULL } from './roster.ts'

export type ReactivateFacts = Facts & { teamId: string; member: MemberFacts; people: number }

/** The person comes back with the account role and the sign-off roles that they had. */
export function decideReactivateMember(
  { member, people }: ReactivateFacts,
  _input: unknown,
  _context: unknown,
): Decision<StandingChange, { memberId: string }> {
  const value = { memberId: member.id }
  if (!member.deactivated) return { kind: 'unchanged', value }
  if (isTeamFull(people)) return refused('team_full', TEAM_FULL)
  return {
    kind: 'changed',
    change: { memberId: member.id, userId: member.userId, deactivatedAt: null },
    value,
    entries: [{ action: 'team.member_reactivated', data: { memberId: member.id, name: member.name } }],
  }
}
