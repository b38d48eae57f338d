import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { InvitationFacts } from './invitation.ts'

export type RevokeInvitationFacts = Facts & { invitation: InvitationFacts }

export function decideRevokeInvitation(
  { invitation }: RevokeInvitationFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Decision<{ id: string; revokedAt: Date }, { invitationId: string }> {
  const value = { invitationId: invitation.id }
  if (invitation.acceptedAt) {
    return refused(
      'lost_race',
      `${invitation.name} has accepted this invitation and is a member now. Deactivate them in the list instead.`,
    )
  }
  if (invitation.revokedAt) return { kind: 'unchanged', value }
  return {
    kind: 'changed',
    change: { id: invitation.id, revokedAt: now },
    value,
    entries: [{ action: 'team.invitation_revoked', data: { invitationId: invitation.id } }],
  }
}
