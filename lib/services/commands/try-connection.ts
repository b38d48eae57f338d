import { z } from 'zod'
import { mayDo } from '#lib/access/policy.ts'
import { command } from '#lib/door/command.ts'
import { spend } from '#lib/server/rate-limit.ts'
import { ok, refuse } from '#lib/shared/result.ts'
import { SLUG_MAX_LENGTH } from '#lib/shared/slug.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import { decideTryConnection, type TryConnectionFacts } from '../try-connection.ts'

/** Every variable, secret and entry of one environment within a minute, and some again. */
const TRIES = { limit: 240, seconds: 60 }

/** Writes down that somebody tries whether one saved address of an environment can be reached. */
export const tryConnection = command({
  name: 'service.tryConnection',
  scope: 'team',
  input: z.object({
    team: z.string(),
    service: z.string().max(SLUG_MAX_LENGTH),
    environment: z.string().max(SLUG_MAX_LENGTH),
    of: z.enum(['variable', 'entry']),
    name: z.string().max(1_000),
  }),
  prepare: async (_input, actor) => {
    if (actor.kind !== 'person' || mayDo({ actor, verb: 'service.tryConnection' }) !== true) return ok(null)
    const spent = await spend({ key: `try-connection:${actor.userId}`, window: TRIES })
    return spent.allowed
      ? ok(null)
      : refuse({
          code: 'too_often',
          message: `${TRIES.limit} addresses were tried within a minute. Try again in ${spent.retryAfterSeconds} s.`,
        })
  },
  facts: async (tx, { service, environment }, actor): Promise<TryConnectionFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    const found = await tx.environment.findFirst({
      where: { teamId: place.teamId, slug: environment, service: { slug: service, archivedAt: null } },
      select: { id: true, variables: true, allowList: true },
    })
    if (!found) return null
    const secrets = await tx.environmentSecret.findMany({
      where: { teamId: place.teamId, environmentId: found.id },
      select: { name: true },
    })
    return {
      ...place,
      environment: { id: found.id, service, slug: environment },
      names: [...Object.keys(found.variables as object), ...secrets.map(({ name }) => name)],
      allowList: found.allowList,
    }
  },
  decide: decideTryConnection,
  apply: async () => {},
})
