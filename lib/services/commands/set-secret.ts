import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import type { NewSecret } from '../secrets.ts'
import { decideSetSecret, type SetSecretFacts } from '../set-secret.ts'
import { lockService } from './rows.ts'
import { clearDrafts, standingSecrets, writeSecret } from './secret-rows.ts'

type Found = SetSecretFacts & { place: { team: string; service: string; environment: string } }

export const setSecret = command({
  name: 'service.setSecret',
  scope: 'team',
  input: z.object({
    team: z.string(),
    service: z.string(),
    environment: z.string(),
    name: z.string().trim().min(1, 'Give a name.').max(200, 'This name is too long.'),
    secret: z.string().max(20_000, 'This value is too long.'),
    version: z.int().min(0),
  }),
  facts: async (tx, input, actor): Promise<Found | null> => {
    const place = teamFacts(actor)
    const service = place && (await lockService({ tx, teamId: place.teamId, slug: input.service }))
    if (!service) return null
    const environment = await tx.environment.findFirst({
      where: { teamId: place.teamId, serviceId: service.id, slug: input.environment },
      select: { id: true, slug: true, variables: true },
    })
    if (!environment) return null
    return {
      ...place,
      place: { team: input.team, service: service.slug, environment: environment.slug },
      service,
      environment,
      variables: Object.keys(environment.variables as Record<string, string>),
      secrets: await standingSecrets({ tx, environmentId: environment.id }),
    }
  },
  decide: decideSetSecret,
  apply: async (tx, secret: NewSecret, { place }: Found) => {
    await writeSecret({ tx, secret })
    await clearDrafts({ tx, place, names: [secret.name] })
  },
})
