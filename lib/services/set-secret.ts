import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { memberIdOf } from './member-id.ts'
import { type NewSecret, SECRETS_MAX, secretProblem } from './secrets.ts'
import { nameProblem } from './variables.ts'

export type StandingSecret = { name: string; version: number; setBy: string | null; setAt: Date }
export type SecretFacts = Facts & {
  teamId: string
  service: { slug: string }
  environment: { id: string; slug: string }
}
export type SetSecretFacts = SecretFacts & {
  /** Names of its plain variables. */
  variables: readonly string[]
  secrets: readonly StandingSecret[]
}

/** `version`: the one that the page showed; 0 for a secret that is new. */
export type SetSecretInput = { name: string; secret: string; version: number }

/** Sets a secret, or puts another value in its place. Nobody is shown the old one, nor overwrites one that was set meanwhile unasked. */
export function decideSetSecret(
  { teamId, service, environment, variables, secrets }: SetSecretFacts,
  { name, secret, version }: SetSecretInput,
  { actor, now }: Pick<DecideContext, 'actor' | 'now'>,
): Decision<NewSecret, { name: string; version: number }> {
  const given = secret.trim()
  const misnamed = nameProblem(name) ?? (variables.includes(name) ? plainAlready(name) : null)
  const wrong = secretProblem(given)
  if (misnamed !== null || wrong !== null) {
    return refused('invalid', 'The secret was not saved.', {
      fields: {
        ...(misnamed === null ? {} : { name: upper(misnamed) }),
        ...(wrong === null ? {} : { secret: upper(wrong) }),
      },
    })
  }
  const standing = secrets.find((one) => one.name === name)
  if ((standing?.version ?? 0) !== version) return lostRace({ name, version, standing })
  if (!standing && secrets.length >= SECRETS_MAX)
    return refused('too_many', `An environment has at most ${SECRETS_MAX} secrets.`)
  const next = version + 1
  const { id: environmentId, slug } = environment
  return {
    kind: 'changed',
    change: {
      environmentId,
      teamId,
      name,
      value: given,
      version: next,
      setBy: memberIdOf(actor),
      setAt: now,
    },
    value: { name, version: next },
    entries: [
      {
        action: 'service.secret_set',
        data: {
          environmentId,
          service: service.slug,
          slug,
          name,
          replaced: standing !== undefined,
          wasPlain: false,
        },
      },
    ],
  }
}

function lostRace({
  name,
  version,
  standing,
}: {
  name: string
  version: number
  standing: StandingSecret | undefined
}) {
  const who = standing?.setBy ?? 'Somebody'
  const what = standing
    ? `${who} ${version === 0 ? 'has set' : 'has replaced'} ${name} since you opened this page.`
    : `${name} has been removed since you opened this page.`
  return refused('lost_race', `${what} Nothing of yours was saved; what you typed is still in the field.`, {
    detail: {
      by: standing?.setBy ?? null,
      at: standing?.setAt.toISOString() ?? null,
      version: standing?.version ?? 0,
    },
  })
}

const plainAlready = (name: string): string =>
  `${name} stands among the variables. Keep it secret there, or remove it there first.`

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export type RemoveSecretFacts = SecretFacts & { secret: StandingSecret }

export function decideRemoveSecret(
  { service, environment, secret }: RemoveSecretFacts,
  { version }: { version: number },
  _context: unknown,
): Decision<{ environmentId: string; name: string }, { name: string }> {
  const { name } = secret
  if (secret.version !== version) return lostRace({ name, version, standing: secret })
  const { id: environmentId, slug } = environment
  return {
    kind: 'changed',
    change: { environmentId, name },
    value: { name },
    entries: [
      { action: 'service.secret_removed', data: { environmentId, service: service.slug, slug, name } },
    ],
  }
}
