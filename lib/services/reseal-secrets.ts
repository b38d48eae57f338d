import type { Decision, Facts } from '#lib/door/command.ts'

/** A secret of the team as it stands, and as it would under the key in use: null where it cannot be opened, with why. */
export type Resealable = {
  environmentId: string
  name: string
  service: string
  environment: string
  /** Sealed with the key in use already. */
  isCurrent: boolean
  resealed: string | null
  why: string | null
}
export type ResealFacts = Facts & { teamId: string; keyId: string; secrets: readonly Resealable[] }
export type Resealed = { environmentId: string; name: string; sealed: string }
export type ResealAnswer = {
  resealed: number
  current: number
  /** What stays closed, in words, one a secret. */
  closed: string[]
}

/** Puts every secret of a team under the key in use; values, versions and who set them stay as they are. */
export function decideResealSecrets(
  { keyId, secrets }: ResealFacts,
  _input: unknown,
  _context: unknown,
): Decision<Resealed[], ResealAnswer> {
  const change = secrets.flatMap(({ environmentId, name, resealed }) =>
    resealed === null ? [] : [{ environmentId, name, sealed: resealed }],
  )
  const value = {
    resealed: change.length,
    current: secrets.filter(({ isCurrent }) => isCurrent).length,
    closed: secrets.flatMap(({ service, environment, name, why }) =>
      why === null ? [] : [`${name} of ${service} ${environment}: ${why}`],
    ),
  }
  if (change.length === 0) return { kind: 'unchanged', value }
  return {
    kind: 'changed',
    change,
    value,
    entries: [{ action: 'service.secrets_resealed', data: { count: change.length, keyId } }],
  }
}
