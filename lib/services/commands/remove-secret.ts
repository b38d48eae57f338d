import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import { decideRemoveSecret, type RemoveSecretFacts } from '../set-secret.ts'
import { lockService } from './rows.ts'
import { standingSecrets } from './secret-rows.ts'

export const removeSecret = command({
  name: 'service.removeSecret',
  scope: 'team',
  input: z.object({
    team: z.string(),
    service: z.string(),
    environment: z.string(),
    name: z.string(),
    version: z.int(),
  }),
  facts: async (tx, input, actor): Promise<RemoveSecretFacts | null> => {
    const place = teamFacts(actor)
    const service = place && (await lockService({ tx, teamId: place.teamId, slug: input.service }))
    if (!service) return null
    const environment = await tx.environment.findFirst({
      where: { teamId: place.teamId, serviceId: service.id, slug: input.environment },
      select: { id: true, slug: true },
    })
    const secrets = environment ? await standingSecrets({ tx, environmentId: environment.id }) : []
    const secret = secrets.find(({ name }) => name === input.name)
    return environment && secret ? { ...place, service, environment, secret } : null
  },
  decide: decideRemoveSecret,
  apply: async (tx, { environmentId, name }: { environmentId: string; name: string }) => {
    await tx.environmentSecret.delete({
      where: { environmentId_name: { environmentId, name } },
      select: { name: true },
    })
  },
})
