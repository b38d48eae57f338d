import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { type AddRoleFacts, decideAddSignoffRole, type NewRole } from '../add-signoff-role.ts'
import { roleName } from '../names.ts'
import { loadRoles, lockPeople } from './rows.ts'
import { teamFacts } from './team-facts.ts'

export const addSignoffRole = command({
  name: 'team.addSignoffRole',
  scope: 'team',
  input: z.object({ team: z.string(), name: roleName }),
  facts: async (tx, _input, actor): Promise<AddRoleFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    await lockPeople({ tx, teamId: place.teamId })
    const roles = await loadRoles({ tx, teamId: place.teamId })
    return { ...place, teamRoles: roles.map((role) => role.name) }
  },
  decide: decideAddSignoffRole,
  apply: async (tx, role: NewRole) => {
    await tx.signoffRole.create({ data: role, select: { id: true } })
  },
})
