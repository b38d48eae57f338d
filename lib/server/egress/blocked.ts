import type { HostPort } from '#lib/shared/egress-policy.ts'
import { EgressFailure } from './failure.ts'

/** Told of every block at the place that makes it. */
export type OnBlocked = (blocked: HostPort & { why: string }) => void

/**
 * A block, told to whoever keeps the record before it is thrown: what a caller makes of the error must not decide whether the block is
 * known.
 */
export function blockedAt(
  { host, port }: HostPort,
  { onBlocked }: { onBlocked?: OnBlocked | undefined },
  { message, reason }: { message: string; reason: string },
): EgressFailure {
  onBlocked?.({ host, port, why: message })
  return new EgressFailure({ kind: 'blocked', message, reason })
}
