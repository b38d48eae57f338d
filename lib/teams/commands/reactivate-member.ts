import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import type { StandingChange } from '../deactivate-member.ts'
import { decideReactivateMember, type ReactivateFacts } from '../reactivate-member.ts'
import { countPeople, loadMember, lockPeople } from './rows.ts'
import { teamFacts } from './team-facts.ts'

export const reactivateMember = command({
  name: 'team.reactivateMember',
  scope: 'team',
  input: z.object({ team: z.string(), memberId: z.uuid() }),
  facts: async (tx, { memberId }, actor): Promise<ReactivateFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    await lockPeople({ tx, teamId: place.teamId })
    const member = await loadMember({ tx, teamId: place.teamId, memberId })
    return (
      member && {
        ...place,
        member,
        people: await countPeople({ tx, teamId: place.teamId, invitations: true }),
      }
    )
  },
  subject: ({ member }) => ({ memberId: member.id, accountRole: member.accountRole }),
  decide: decideReactivateMember,
  apply: async (tx, change: StandingChange) => {
    await tx.member.update({ where: { id: change.memberId }, data: { deactivatedAt: change.deactivatedAt } })
  },
})
