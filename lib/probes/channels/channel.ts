import type { Look } from '#lib/probes/observation.ts'
import type { FailureKind } from '#lib/probes/observations/base.ts'
import type { Guard } from '#lib/server/egress/socket.ts'
import type { Phase, Trace } from '#lib/server/egress/trace.ts'
import type { HostPort } from '#lib/shared/egress-policy.ts'

/** Where a probe is run: an environment's variables, and its name for messages. */
export type Environment = { variables: Readonly<Record<string, string>>; name: string | null }

/** One attempt under way: what is known so far, so that one that fails half way still says how far it came. */
export type Attempt<Config, Details> = {
  readonly config: Config
  readonly environment: Environment
  /** For every connection; its signal is the deadline of the whole attempt. */
  readonly guard: Guard
  readonly startedAt: Date
  /** Masked wherever a text is kept. */
  secrets: string[]
  target: HostPort | null
  /** Under which other name the present connection is made, with whose certificate, and trusting whom. */
  said: Pick<NonNullable<Look['connection']>, 'serverName' | 'client' | 'ca'>
  trace: Trace
  spent: Partial<Record<Phase, number>>
  /** Which part of the attempt is under way, in front of what stops it; '' when it has no parts. */
  during: string
  readonly details: Details
}

/**
 * How one kind looks: `look` fills in the details and throws EgressFailure, ProbeStopped or the signal's reason; `seen` makes of
 * them what is kept beside what every observation has. Methods, so that one table can hold the channels of all kinds.
 */
export interface Channel<Config = unknown, Details = unknown, Seen extends Look = Look> {
  blank(): Details
  look(attempt: Attempt<Config, Details>): Promise<void>
  seen(attempt: Attempt<Config, Details>): Omit<Seen, BaseKey>
}
export type BaseKey = 'v' | 'kind' | 'at' | 'configHash' | 'connection' | 'phases' | 'error'

/** Why a look ended early, in words of the product; never holds a secret. */
export class ProbeStopped extends Error {
  readonly kind: FailureKind
  constructor(kind: FailureKind, message: string) {
    super(message)
    this.kind = kind
  }
}
