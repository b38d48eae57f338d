import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { webhookKey } from '#lib/server/notice-keys.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import {
  decideMakeWebhookSecret,
  type WebhookSecretChange,
  type WebhookSecretFacts,
} from '../webhook-secret.ts'
import { lockService } from './rows.ts'

/** Makes the secret by which receivers know that a webhook came from this environment's notices. */
export const makeWebhookSecret = command({
  name: 'service.makeWebhookSecret',
  scope: 'team',
  secret: true,
  input: z.object({ team: z.string(), service: z.string(), environment: z.string() }),
  facts: async (tx, input, actor): Promise<WebhookSecretFacts | null> => {
    const place = teamFacts(actor)
    const service = place && (await lockService({ tx, teamId: place.teamId, slug: input.service }))
    if (!service) return null
    const found = await tx.environment.findFirst({
      where: { teamId: place.teamId, serviceId: service.id, slug: input.environment },
      select: { id: true, slug: true, webhookSecretNumber: true },
    })
    if (!found) return null
    const { id, slug, webhookSecretNumber } = found
    const number = webhookSecretNumber + 1
    const secret = `whsec_${webhookKey({ environmentId: id, number }).toString('base64')}`
    return { ...place, service, environment: { id, slug }, number, secret }
  },
  decide: decideMakeWebhookSecret,
  apply: async (tx, { id, number }: WebhookSecretChange) => {
    await tx.environment.update({
      where: { id },
      data: { webhookSecretNumber: number },
      select: { id: true },
    })
  },
})
