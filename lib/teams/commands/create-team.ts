import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { type CreateTeamFacts, decideCreateTeam } from '../create-team.ts'
import { teamName } from '../names.ts'
import { applyBornTeam } from './apply-born-team.ts'

/** The owner is whoever creates it; Countersign itself names one by `ownerId`. */
export const createTeam = command({
  name: 'team.create',
  scope: 'account',
  input: z.object({
    name: teamName,
    slug: z.string().max(48).optional(),
    sample: z.boolean().default(false),
    ownerId: z.uuid().optional(),
  }),
  facts: async (tx, { ownerId }, actor): Promise<CreateTeamFacts> => {
    const userId = actor.kind === 'person' ? actor.userId : ownerId
    const owner =
      userId === undefined
        ? null
        : await tx.user.findFirst({
            where: { id: userId, deactivatedAt: null },
            select: { id: true, name: true },
          })
    const teams = await tx.team.findMany({ select: { slug: true } })
    return {
      stream: SYSTEM_STREAM,
      teamId: null,
      takenSlugs: teams.map((team) => team.slug),
      owner: owner && { userId: owner.id, name: owner.name },
    }
  },
  decide: decideCreateTeam,
  apply: applyBornTeam,
})
