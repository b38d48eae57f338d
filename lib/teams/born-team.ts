import type { NewStream } from '#lib/door/command.ts'
import { DEFAULT_SIGNOFF_ROLES } from './names.ts'

export type BornTeam = {
  team: { id: string; slug: string; name: string; sample: boolean; streamId: string; createdAt: Date }
  owner: { id: string; teamId: string; userId: string; accountRole: 'owner'; createdAt: Date }
  roles: { id: string; teamId: string; name: string; createdAt: Date }[]
}

/** A team's rows and the first lines of its stream: its creation, its roles, its owner, who holds none of the roles. */
export function bornTeam({
  name,
  slug,
  sample,
  owner,
  now,
  newId,
}: {
  name: string
  slug: string
  sample: boolean
  owner: { userId: string; name: string }
  now: Date
  newId: () => string
}): { born: BornTeam; opens: NewStream } {
  const teamId = newId()
  const streamId = newId()
  const memberId = newId()
  const roles = DEFAULT_SIGNOFF_ROLES.map((role) => ({ id: newId(), teamId, name: role, createdAt: now }))
  return {
    born: {
      team: { id: teamId, slug, name, sample, streamId, createdAt: now },
      owner: { id: memberId, teamId, userId: owner.userId, accountRole: 'owner', createdAt: now },
      roles,
    },
    opens: {
      id: streamId,
      teamId,
      kind: 'team',
      sample,
      entries: [
        { action: 'team.created', data: { teamId, slug, name, sample } },
        ...roles.map((role) => ({
          action: 'team.signoff_role_added' as const,
          data: { roleId: role.id, name: role.name },
        })),
        {
          action: 'team.member_joined',
          data: { memberId, name: owner.name, accountRole: 'owner', roles: [] },
        },
      ],
    },
  }
}
