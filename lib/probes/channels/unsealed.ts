import { maskEverywhere, maskSecrets } from '#lib/probes/redact.ts'
import { type SingleLook, singleLookSchema } from '#lib/probes/single-look.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'
import { newTrace } from '#lib/server/egress/trace.ts'
import type { Attempt, Channel } from './channel.ts'

/** The environment's secrets that a probe asks for, opened for it alone; `closed` says why others could not be. */
export type Unsealed = { values: Readonly<Record<string, string>>; closed: readonly string[] }

/** What nobody can open is an error of the set-up: it says nothing about the target. */
export function closedText({ closed }: Unsealed): string | null {
  if (closed.length === 0) return null
  return `${closed.join('; ')}. Set it again on the environment's page, or give this instance the key that it was sealed with.`
}

const UNSHOWABLE = {
  kind: 'config',
  message: 'what was seen cannot be kept without showing a secret: give it a less usual value',
} as const

/**
 * The observation without any of the opened secrets, whatever the kind has put into it: a channel cannot forget to mask one.
 * `base` is what every kind has; the schema joins the two halves.
 */
export function withoutUnsealed({
  base,
  channel,
  attempt,
  hidden,
}: {
  base: Pick<SingleLook, 'error' | 'connection'> & Record<string, unknown>
  channel: Channel
  attempt: Attempt<SingleConfig, unknown>
  /** The opened secrets in every spelling. */
  hidden: readonly string[]
}): SingleLook {
  if (hidden.length === 0) return singleLookSchema.parse({ ...channel.seen(attempt), ...base })
  const { error, connection } = base
  const shown = {
    ...base,
    connection: connection && {
      ...connection,
      host: maskSecrets(connection.host, hidden),
      allowedBy: connection.allowedBy && maskSecrets(connection.allowedBy, hidden),
    },
    error: error && { ...error, message: maskSecrets(error.message, hidden) },
  }
  const masked = maskEverywhere(channel.seen(attempt), hidden)
  const kept = singleLookSchema.safeParse({ ...(masked as object), ...shown })
  if (kept.success) return kept.data
  // A secret that is also a word of the observation's own shape, such as `master`: what was seen is given up, the secret is not.
  const blank = { ...attempt, details: channel.blank(), trace: newTrace() }
  return singleLookSchema.parse({ ...channel.seen(blank), ...shown, error: shown.error ?? UNSHOWABLE })
}
