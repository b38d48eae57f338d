import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { endSessionsOf } from '#lib/people/commands/end-sessions.ts'
import type { MemberChangeFacts } from '../change-account-role.ts'
import { decideDeactivateMember, type StandingChange } from '../deactivate-member.ts'
import { countOwners, loadMember, lockPeople } from './rows.ts'
import { teamFacts } from './team-facts.ts'

export const deactivateMember = command({
  name: 'team.deactivateMember',
  scope: 'team',
  input: z.object({ team: z.string(), memberId: z.uuid(), confirmSelf: z.boolean().optional() }),
  facts: async (tx, { memberId }, actor): Promise<MemberChangeFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    await lockPeople({ tx, teamId: place.teamId })
    const member = await loadMember({ tx, teamId: place.teamId, memberId })
    return member && { ...place, member, owners: await countOwners({ tx, teamId: place.teamId }) }
  },
  subject: ({ member }) => ({ memberId: member.id, accountRole: member.accountRole }),
  decide: decideDeactivateMember,
  apply: async (tx, change: StandingChange) => {
    await tx.member.update({ where: { id: change.memberId }, data: { deactivatedAt: change.deactivatedAt } })
    await endSessionsOf(tx, { userId: change.userId, reason: 'deactivated' })
  },
})
