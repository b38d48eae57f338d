import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import { type AddEnvironmentFacts, decideAddEnvironment } from '../add-environment.ts'
import { serviceName } from '../names.ts'
import type { NewEnvironment } from '../new-environment.ts'
import { lockService } from './rows.ts'

export const addEnvironment = command({
  name: 'service.addEnvironment',
  scope: 'team',
  input: z.object({ team: z.string(), service: z.string(), name: serviceName }),
  facts: async (tx, input, actor): Promise<AddEnvironmentFacts | null> => {
    const place = teamFacts(actor)
    const service = place && (await lockService({ tx, teamId: place.teamId, slug: input.service }))
    if (!service) return null
    const environments = await tx.environment.findMany({
      where: { teamId: place.teamId, serviceId: service.id },
      select: { slug: true, ordinal: true },
    })
    return { ...place, service, environments }
  },
  decide: decideAddEnvironment,
  apply: async (tx, environment: NewEnvironment) => {
    await tx.environment.create({ data: environment, select: { id: true } })
  },
})
