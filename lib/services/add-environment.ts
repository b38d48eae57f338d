import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { ENVIRONMENTS_MAX, slugOf } from './names.ts'
import { type NewEnvironment, newEnvironment } from './new-environment.ts'

export type AddEnvironmentFacts = Facts & {
  teamId: string
  service: { id: string; slug: string; name: string }
  environments: readonly { slug: string; ordinal: number }[]
}

export function decideAddEnvironment(
  { teamId, service, environments }: AddEnvironmentFacts,
  { name }: { name: string },
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<NewEnvironment, { environmentId: string; slug: string }> {
  const named = slugOf(name)
  if ('problem' in named)
    return refused('invalid', 'The environment needs another name.', { fields: { name: named.problem } })
  const { slug } = named
  if (environments.some((environment) => environment.slug === slug)) {
    return refused('name_taken', 'The environment needs another name.', {
      fields: { name: `${service.name} has an environment ${slug} already.` },
    })
  }
  if (environments.length >= ENVIRONMENTS_MAX)
    return refused('too_many', `A service has at most ${ENVIRONMENTS_MAX} environments.`)
  const ordinal = Math.max(-1, ...environments.map((environment) => environment.ordinal)) + 1
  const environment = newEnvironment({
    id: newId(),
    teamId,
    serviceId: service.id,
    slug,
    name,
    ordinal,
    createdAt: now,
  })
  return {
    kind: 'changed',
    change: environment,
    value: { environmentId: environment.id, slug },
    entries: [
      {
        action: 'service.environment_added',
        data: { environmentId: environment.id, service: service.slug, slug },
      },
    ],
  }
}
