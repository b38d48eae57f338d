import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { lockPeople } from '#lib/teams/commands/rows.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import { type CreateServiceFacts, decideCreateService, type ServiceBirth } from '../create-service.ts'
import { serviceName } from '../names.ts'

export const createService = command({
  name: 'service.create',
  scope: 'team',
  input: z.object({ team: z.string(), name: serviceName }),
  facts: async (tx, _input, actor): Promise<CreateServiceFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    // The team's row is the one lock that two creators of a service share.
    await lockPeople({ tx, teamId: place.teamId })
    const services = await tx.service.findMany({ where: { teamId: place.teamId }, select: { slug: true } })
    return { ...place, taken: services.map((service) => service.slug) }
  },
  decide: decideCreateService,
  apply: async (tx, { service, environments }: ServiceBirth) => {
    await tx.service.create({ data: service, select: { id: true } })
    await tx.environment.createMany({ data: environments })
  },
})
