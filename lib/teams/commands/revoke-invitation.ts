import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideRevokeInvitation, type RevokeInvitationFacts } from '../revoke-invitation.ts'
import { INVITATION_COLUMNS, invitationFacts, lockPeople } from './rows.ts'
import { teamFacts } from './team-facts.ts'

export const revokeInvitation = command({
  name: 'team.revokeInvitation',
  scope: 'team',
  input: z.object({ team: z.string(), invitationId: z.uuid() }),
  facts: async (tx, { invitationId }, actor): Promise<RevokeInvitationFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    await lockPeople({ tx, teamId: place.teamId })
    const row = await tx.invitation.findFirst({
      where: { id: invitationId, teamId: place.teamId },
      select: INVITATION_COLUMNS,
    })
    return row && { ...place, invitation: invitationFacts(row) }
  },
  decide: decideRevokeInvitation,
  apply: async (tx, change: { id: string; revokedAt: Date }) => {
    await tx.invitation.update({ where: { id: change.id }, data: { revokedAt: change.revokedAt } })
  },
})
