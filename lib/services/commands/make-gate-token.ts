import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { newSecret, secretHash } from '#lib/server/ids.ts'
import { creatorId, teamFacts } from '#lib/teams/commands/team-facts.ts'
import {
  decideMakeGateToken,
  GATE_TOKEN_DAYS,
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
    name: serviceName,
    days: z.literal([...GATE_TOKEN_DAYS], 'Choose 30, 90 or 365 days.'),
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
    const working = await tx.gateToken.findMany({
      where: { teamId, serviceId: service.id, revokedAt: null, expiresAt: { gt: new Date() } },
      select: { name: true },
    })
    const token = `${GATE_TOKEN_PREFIX}${newSecret()}`
    return {
      ...place,
      service,
      environment,
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
