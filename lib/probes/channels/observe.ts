import { setTimeout as sleep } from 'node:timers/promises'
import { configHash, type ProbeConfig } from '#lib/probes/config.ts'
import { judgeLook } from '#lib/probes/judge-look.ts'
import { type Look, lookSchema, type Observation } from '#lib/probes/observation.ts'
import { maskSecrets } from '#lib/probes/redact.ts'
import { windowState } from '#lib/probes/window.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import { newTrace } from '#lib/server/egress/trace.ts'
import type { AllowEntry } from '#lib/shared/allow-entry.ts'
import { type Attempt, ProbeStopped } from './channel.ts'
import { channelOf } from './channel-of.ts'
import { addPhases } from './phases.ts'

export type ObserveInput = {
  config: ProbeConfig
  /** The environment's variables, and its name for messages. */
  variables: Readonly<Record<string, string>>
  environmentName?: string
  allowList: readonly AllowEntry[]
  /** Aborting closes the socket at once; the observation then says `cancelled` and must not be stored. */
  signal: AbortSignal
  resolve?: Resolve
}

/**
 * One attempt of a probe of any kind: a look, or the looks of its window. Never throws for what the target or the network does: that
 * is in the observation's `error`.
 */
export async function observe(input: ObserveInput): Promise<Observation> {
  const { window } = input.config
  if (window === undefined) return look(input)
  const samples: Look[] = []
  for (;;) {
    const start = performance.now()
    const seen = await look(input)
    samples.push(seen)
    const outcomes = samples.map((one) => judgeLook(input.config, one).outcome)
    const { outcome } = windowState(window, { outcomes, allowWarn: input.config.allowWarn })
    const isSetUp = seen.error?.kind !== 'config'
    const wait = window.everySeconds * 1000 - (performance.now() - start)
    const isOver = outcome !== 'more' || !isSetUp || !(await passed(wait, input.signal))
    if (!isOver) continue
    const { v, at, configHash: hash, connection, phases, error } = seen
    const cancelled = input.signal.aborted ? { kind: 'cancelled' as const, message: 'cancelled' } : null
    return { v, kind: 'window', at, configHash: hash, connection, phases, error: cancelled ?? error, samples }
  }
}

/** False when it was cut short. */
async function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(Math.max(0, ms), undefined, { signal })
    return true
  } catch {
    return false
  }
}

/** One look: at most `timeoutMs` from here to its end. */
async function look(input: ObserveInput): Promise<Look> {
  const { config, variables, environmentName = null, allowList, resolve, signal } = input
  const channel = channelOf(config.kind)
  const deadline = new AbortController()
  const attempt: Attempt<ProbeConfig, unknown> = {
    config,
    environment: { variables, name: environmentName },
    guard: { allowList, resolve, kind: config.kind, signal: AbortSignal.any([signal, deadline.signal]) },
    startedAt: new Date(),
    secrets: [],
    target: null,
    trace: newTrace(),
    spent: {},
    details: channel.blank(),
  }
  const start = performance.now()
  const timer = setTimeout(() => deadline.abort(), config.timeoutMs)
  let error: Observation['error'] = null
  try {
    await channel.look(attempt)
  } catch (thrown) {
    error = observedError({ thrown, attempt, cancelled: signal.aborted, late: deadline.signal.aborted })
  } finally {
    clearTimeout(timer)
    addPhases(attempt)
  }
  const { startedAt, target, trace, spent } = attempt
  const ms = (value: number | undefined) => (value === undefined ? null : decimalMs(value))
  const base = {
    v: 1,
    kind: config.kind,
    at: startedAt.toISOString(),
    configHash: configHash(config),
    connection: target && {
      ...target,
      addresses: trace.addresses,
      used: trace.used,
      allowedBy: trace.allowedBy,
    },
    phases: {
      resolve: ms(spent.resolve),
      connect: ms(spent.connect),
      tls: ms(spent.tls),
      wait: ms(spent.wait),
      transfer: ms(spent.transfer),
      total: decimalMs(performance.now() - start),
    },
    error,
  }
  // The schema joins the two halves: a channel that left something out is found here, not when it is read again.
  return lookSchema.parse({ ...channel.seen(attempt), ...base })
}

function observedError({
  thrown,
  attempt,
  cancelled,
  late,
}: {
  thrown: unknown
  attempt: Attempt<ProbeConfig, unknown>
  cancelled: boolean
  late: boolean
}): NonNullable<Observation['error']> {
  if (cancelled) return { kind: 'cancelled', message: 'cancelled' }
  if (late) {
    const limit = `${attempt.config.timeoutMs} ms`
    // Before an address was pinned the target has not been asked anything, so its silence proves nothing about it.
    if (attempt.trace.used === null)
      return { kind: 'dns', message: `the name did not resolve within ${limit}` }
    return { kind: 'timeout', message: `no whole answer within ${limit}` }
  }
  if (thrown instanceof EgressFailure || thrown instanceof ProbeStopped)
    return { kind: thrown.kind, message: maskSecrets(thrown.message, attempt.secrets) }
  throw thrown
}

/** One fraction digit is what a person compares; the exact text is what the judge reads. */
function decimalMs(ms: number): string {
  return (Math.round(ms * 10) / 10).toString()
}
