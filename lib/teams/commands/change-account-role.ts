import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { endSessionsOf } from '#lib/people/commands/end-sessions.ts'
import { ACCOUNT_ROLES } from '#lib/shared/codes.ts'
import {
  type AccountRoleChange,
  decideChangeAccountRole,
  type MemberChangeFacts,
} from '../change-account-role.ts'
import { countOwners, loadMember, lockPeople } from './rows.ts'
import { teamFacts } from './team-facts.ts'

export const changeAccountRole = command({
  name: 'team.changeAccountRole',
  scope: 'team',
  input: z.object({
    team: z.string(),
    memberId: z.uuid(),
    from: z.enum(ACCOUNT_ROLES),
    to: z.enum(ACCOUNT_ROLES),
  }),
  facts: async (tx, { memberId }, actor): Promise<MemberChangeFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    await lockPeople({ tx, teamId: place.teamId })
    const member = await loadMember({ tx, teamId: place.teamId, memberId })
    return member && { ...place, member, owners: await countOwners({ tx, teamId: place.teamId }) }
  },
  subject: ({ member }, { to }) => ({
    memberId: member.id,
    accountRole: member.accountRole === 'owner' ? 'owner' : to,
  }),
  decide: decideChangeAccountRole,
  apply: async (tx, change: AccountRoleChange) => {
    await tx.member.update({ where: { id: change.memberId }, data: { accountRole: change.accountRole } })
    await tx.memberRole.deleteMany({
      where: { memberId: change.memberId, role: { name: { in: change.dropRoles } } },
    })
    await endSessionsOf(tx, { userId: change.userId, reason: 'role_changed' })
  },
})
