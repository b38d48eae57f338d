import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { DEFAULT_ENVIRONMENTS, slugOf } from './names.ts'
import { type NewEnvironment, newEnvironment } from './new-environment.ts'

export const SERVICES_MAX = 500

export type CreateServiceFacts = Facts & { teamId: string; taken: readonly string[] }
export type ServiceBirth = {
  service: { id: string; teamId: string; slug: string; name: string; createdAt: Date }
  environments: NewEnvironment[]
}

export function decideCreateService(
  { teamId, taken }: CreateServiceFacts,
  { name }: { name: string },
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<ServiceBirth, { serviceId: string; slug: string }> {
  const named = slugOf(name)
  if ('problem' in named)
    return refused('invalid', 'The service needs another name.', { fields: { name: named.problem } })
  const { slug } = named
  if (taken.includes(slug))
    return refused('name_taken', 'The service needs another name.', {
      fields: { name: `The team has a service ${slug} already.` },
    })
  if (taken.length >= SERVICES_MAX) return refused('too_many', `A team has at most ${SERVICES_MAX} services.`)
  const serviceId = newId()
  const environments = DEFAULT_ENVIRONMENTS.map((environment, ordinal) =>
    newEnvironment({
      id: newId(),
      teamId,
      serviceId,
      slug: environment,
      name: environment,
      ordinal,
      createdAt: now,
    }),
  )
  return {
    kind: 'changed',
    change: { service: { id: serviceId, teamId, slug, name, createdAt: now }, environments },
    value: { serviceId, slug },
    entries: [
      { action: 'service.created', data: { serviceId, slug, name } },
      ...environments.map((environment) => ({
        action: 'service.environment_added' as const,
        data: { environmentId: environment.id, service: slug, slug: environment.slug },
      })),
    ],
  }
}
