import type { PulledProbe } from './base-probe.ts'
import { PROBE_LIMITS } from './limits.ts'
import type { FailureKind } from './observations/base.ts'

/** Errors of the network that may be gone a moment later. Never a status, a certificate or a condition. */
const BEFORE_THE_CONNECTION: readonly FailureKind[] = ['dns', 'refused', 'unreachable', 'timeout', 'closed']
const AFTER_IT: readonly FailureKind[] = ['closed']

/** A window says itself how many of its looks may fail, so none of them is tried twice unless the probe says so. */
export function usualRetries({ window }: Pick<PulledProbe, 'window'>): number {
  return window === undefined ? PROBE_LIMITS.retries.usual : 0
}

export function retriesOf(config: Pick<PulledProbe, 'window' | 'retries'>): number {
  return config.retries ?? usualRetries(config)
}

/** 1 s before the second try, 2 s before the third, 4 s before the fourth. */
export function waitBeforeRetryMs(triesSoFar: number): number {
  return PROBE_LIMITS.retries.firstWaitMs * 2 ** (triesSoFar - 1)
}

/** Whether a look that broke off may go well a moment later. `connected`: its last connection was made. */
export function isNetworkError({ kind, connected }: { kind: FailureKind; connected: boolean }): boolean {
  return (connected ? AFTER_IT : BEFORE_THE_CONNECTION).includes(kind)
}

/** Whether what a probe asks may change something, so that it is not asked twice: a POST, or steps that may hold one. */
export function isSending({ kind, ...config }: { kind: string; method?: string }): boolean {
  return config.method === 'POST' || kind.endsWith('steps')
}
