import { z } from 'zod'
import { PIPELINE_SCOPES } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { newSecret, secretHash } from '#lib/server/ids.ts'
import { creatorId, teamFacts } from '#lib/teams/commands/team-facts.ts'
import { TOKEN_DAYS } from '#lib/teams/new-token.ts'
import {
  decideMakeGateToken,
  GATE_TOKEN_PREFIX,
  type MakeTokenFacts,
  type NewGateToken,
} from '../gate-token.ts'
import { serviceName } from '../names.ts'
import { lockService } from './rows.ts'

export const makeGateToken = command({
  name: 'service.makeGateToken',
  scope: 'team',
  secret: true,
  input: z.object({
    team: z.string(),
    service: z.string(),
    /** Slug; null for every environment of the service. */
    environment: z.string().nullable(),
    /** Number of a live run, for a token that works for it alone; null for every run. */
    run: z.int().positive().nullable().default(null),
    scopes: z
      .array(z.enum(PIPELINE_SCOPES))
      .min(1, 'Choose what the token may do.')
      .max(PIPELINE_SCOPES.length)
      .default(['gate']),
    name: serviceName,
    days: z.literal([...TOKEN_DAYS], 'Choose 30, 90 or 365 days.'),
  }),
  facts: async (tx, input, actor): Promise<MakeTokenFacts | null> => {
    const place = teamFacts(actor)
    const service = place && (await lockService({ tx, teamId: place.teamId, slug: input.service }))
    if (!service) return null
    const { teamId } = place
    const environment =
      input.environment === null
        ? null
        : await tx.environment.findFirst({
            where: { teamId, serviceId: service.id, slug: input.environment },
            select: { id: true, slug: true },
          })
    if (input.environment !== null && !environment) return null
    const run =
      input.run === null
        ? null
        : await tx.run.findFirst({
            where: { teamId, serviceId: service.id, number: input.run, endedAt: null },
            select: { id: true, number: true },
          })
    if (input.run !== null && !run) return null
    const working = await tx.gateToken.findMany({
      where: { teamId, serviceId: service.id, revokedAt: null, expiresAt: { gt: new Date() } },
      select: { name: true },
    })
    const token = `${GATE_TOKEN_PREFIX}${newSecret()}`
    return {
      ...place,
      service,
      environment,
      run,
      names: working.map(({ name }) => name),
      token,
      tokenHash: secretHash(token),
      creator: creatorId(actor),
    }
  },
  decide: decideMakeGateToken,
  apply: async (tx, token: NewGateToken) => {
    await tx.gateToken.create({ data: token, select: { id: true } })
  },
})
