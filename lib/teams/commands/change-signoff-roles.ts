import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { endSessionsOf } from '#lib/people/commands/end-sessions.ts'
import {
  decideChangeSignoffRoles,
  type SignoffRolesChange,
  type SignoffRolesFacts,
} from '../change-signoff-roles.ts'
import { loadMember, loadRoles, lockPeople } from './rows.ts'
import { teamFacts } from './team-facts.ts'

const roles = z.array(z.string().max(80)).max(50)

export const changeSignoffRoles = command({
  name: 'team.changeSignoffRoles',
  scope: 'team',
  input: z.object({ team: z.string(), memberId: z.uuid(), from: roles, to: roles }),
  facts: async (tx, { memberId }, actor): Promise<SignoffRolesFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    await lockPeople({ tx, teamId: place.teamId })
    const member = await loadMember({ tx, teamId: place.teamId, memberId })
    return member && { ...place, member, teamRoles: await loadRoles({ tx, teamId: place.teamId }) }
  },
  subject: ({ member }) => ({ memberId: member.id, accountRole: member.accountRole }),
  decide: decideChangeSignoffRoles,
  apply: async (tx, change: SignoffRolesChange) => {
    await tx.memberRole.deleteMany({ where: { memberId: change.memberId } })
    await tx.memberRole.createMany({ data: change.roles })
    await endSessionsOf(tx, {
      userId: change.userId,
      reason: 'role_changed',
      kept: new Uint8Array(Buffer.from(change.keepSession ?? '', 'hex')),
    })
  },
})
