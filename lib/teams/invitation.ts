import type { AccountRole } from '#lib/shared/codes.ts'

export const INVITATION_DAYS = 7

export type InvitationFacts = {
  id: string
  teamId: string
  email: string
  name: string
  accountRole: AccountRole
  roles: string[]
  expiresAt: Date
  acceptedAt: Date | null
  revokedAt: Date | null
}

export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired'

export function invitationState({
  invitation,
  now,
}: {
  invitation: Pick<InvitationFacts, 'acceptedAt' | 'revokedAt' | 'expiresAt'>
  now: Date
}): InvitationState {
  if (invitation.acceptedAt) return 'accepted'
  if (invitation.revokedAt) return 'revoked'
  return invitation.expiresAt.getTime() <= now.getTime() ? 'expired' : 'open'
}

/** What a person with a link that no longer works is told. */
export const INVITATION_CLOSED: Record<Exclude<InvitationState, 'open'> | 'unknown', string> = {
  accepted: 'This invitation has been used. If it was you, sign in.',
  revoked: 'This invitation was withdrawn. Ask the person who sent it for a new one.',
  expired: `This invitation is over: a link works for ${INVITATION_DAYS} days. Ask the person who sent it for a new one.`,
  unknown: 'This is not an invitation of ours. Check that the whole link was copied, or ask for a new one.',
}
