import { utf8Bytes } from '#lib/shared/limits.ts'

/** A shorter one could not be masked without hiding half of what a probe saw. */
export const SECRET_LEAST = 6
export const SECRET_BYTES = 4_000
export const SECRETS_MAX = 50

/** What is wrong with a secret's value, without saying any of it; null when nothing is. */
export function secretProblem(value: string): string | null {
  if (value.length < SECRET_LEAST)
    return `a secret has at least ${SECRET_LEAST} characters: a shorter one cannot be masked in what probes see.`
  if (utf8Bytes(value) > SECRET_BYTES) return `a secret has at most ${SECRET_BYTES} bytes.`
  return /\p{Cc}/u.test(value) ? 'a secret is one line without control characters.' : null
}

/** Where a secret's ciphertext belongs, from the widest to the narrowest. */
export function secretPlace(at: { teamId: string; environmentId: string; name: string }): {
  use: string
  place: [string, string, string]
} {
  return { use: 'environment-secret', place: [at.teamId, at.environmentId, at.name] }
}

/** A secret on its way into its row. */
export type NewSecret = {
  environmentId: string
  teamId: string
  name: string
  /** Sealed where it is written, and nowhere else. */
  value: string
  version: number
  setBy: string | null
  setAt: Date
}

/** What is shown of a secret: everything but its value. */
export type SecretView = {
  name: string
  version: number
  /** Null: Countersign itself. */
  setBy: string | null
  setAt: string
  lastUsedAt: string | null
  /** Why it cannot be opened here, by its key; null when it can. */
  problem: string | null
}
