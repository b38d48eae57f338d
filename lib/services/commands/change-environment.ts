import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import {
  type ChangeEnvironmentFacts,
  decideChangeEnvironment,
  type EnvironmentChange,
} from '../change-environment.ts'
import type { Variables } from '../variables.ts'
import { lastEnvironmentChange, lockService } from './rows.ts'
import { clearDrafts, standingSecrets, writeSecret } from './secret-rows.ts'

const lines = z.string().max(300_000, 'This text is too long.')

export const changeEnvironment = command({
  name: 'service.changeEnvironment',
  scope: 'team',
  input: z.object({
    team: z.string(),
    service: z.string(),
    environment: z.string(),
    variables: lines,
    allowList: lines,
    version: z.int(),
    /** Name → value of what is secret from now on; these stand in `variables` no more. */
    secrets: z.record(z.string().max(64), z.string().max(20_000)).default({}),
  }),
  facts: async (tx, input, actor): Promise<ChangeEnvironmentFacts | null> => {
    const place = teamFacts(actor)
    const service = place && (await lockService({ tx, teamId: place.teamId, slug: input.service }))
    if (!service) return null
    const environment = await tx.environment.findFirst({
      where: { teamId: place.teamId, serviceId: service.id, slug: input.environment },
      select: { id: true, slug: true, variables: true, allowList: true, version: true },
    })
    if (!environment) return null
    const isBehind = environment.version !== input.version
    return {
      ...place,
      service,
      place: { team: input.team, service: service.slug, environment: environment.slug },
      secrets: (await standingSecrets({ tx, environmentId: environment.id })).map(({ name }) => name),
      environment: { ...environment, variables: environment.variables as Variables },
      lastChange: isBehind
        ? await lastEnvironmentChange({ tx, stream: place.stream, environmentId: environment.id })
        : null,
    }
  },
  decide: decideChangeEnvironment,
  apply: async (tx, { id, secrets, ...data }: EnvironmentChange, { place }: ChangeEnvironmentFacts) => {
    await tx.environment.update({ where: { id }, data, select: { id: true } })
    for (const secret of secrets) await writeSecret({ tx, secret })
    await clearDrafts({ tx, place, names: secrets.map(({ name }) => name) })
  },
})
