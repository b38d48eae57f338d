import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { emailField } from '#lib/people/email.ts'
import { emailHash } from '#lib/server/email-hash.ts'
import { newSecret, secretHash } from '#lib/server/ids.ts'
import { ACCOUNT_ROLES } from '#lib/shared/codes.ts'
import { decideInviteMember, type InviteFacts, type NewInvitation } from '../invite-member.ts'
import { personName } from '../names.ts'
import { countPeople, loadRoles, lockPeople } from './rows.ts'
import { creatorId, teamFacts } from './team-facts.ts'

export const inviteMember = command({
  name: 'team.inviteMember',
  scope: 'team',
  secret: true,
  input: z.object({
    team: z.string(),
    name: personName,
    email: emailField,
    accountRole: z.enum(ACCOUNT_ROLES),
    roles: z.array(z.string().max(80)).max(50),
  }),
  facts: async (tx, input, actor): Promise<InviteFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    const { teamId } = place
    await lockPeople({ tx, teamId })
    const member = await tx.member.findFirst({
      where: { teamId, user: { email: input.email } },
      select: { deactivatedAt: true, user: { select: { name: true } } },
    })
    const open = await tx.invitation.count({
      where: { teamId, email: input.email, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    })
    const secret = newSecret()
    return {
      ...place,
      teamRoles: (await loadRoles({ tx, teamId })).map((role) => role.name),
      existing: member && { name: member.user.name, deactivated: member.deactivatedAt !== null },
      hasOpenInvitation: open > 0,
      people: await countPeople({ tx, teamId, invitations: true }),
      secret,
      tokenHash: secretHash(secret),
      emailHash: emailHash(input.email),
      creator: creatorId(actor),
    }
  },
  subject: (_facts, { accountRole }) => ({ accountRole }),
  decide: (facts, { email, name, accountRole, roles }, context) =>
    decideInviteMember(facts, { email, name, accountRole, roles }, context),
  apply: async (tx, invitation: NewInvitation) => {
    await tx.invitation.create({ data: invitation, select: { id: true } })
  },
})
