import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'

export type WebhookSecretFacts = Facts & {
  teamId: string
  service: { slug: string }
  environment: { id: string; slug: string }
  /** Of the secret that would be made. */
  number: number
  secret: string
}

export type WebhookSecretChange = { id: string; number: number }

/** A new secret takes the place of the one before at once; it is shown this once and stored nowhere. */
export function decideMakeWebhookSecret(
  { service, environment, number, secret }: WebhookSecretFacts,
  _input: unknown,
  _context: DecideContext,
): Decision<WebhookSecretChange, { secret: string }> {
  const { id, slug } = environment
  return {
    kind: 'changed',
    change: { id, number },
    value: { secret },
    entries: [
      {
        action: 'service.webhook_secret_made',
        data: { environmentId: id, service: service.slug, slug, number },
      },
    ],
  }
}
