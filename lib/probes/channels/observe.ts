import { setTimeout as sleep } from 'node:timers/promises'
import type { PulledConfig } from '#lib/probes/config.ts'
import { judgeLook } from '#lib/probes/judge-look.ts'
import type { Look, Observation } from '#lib/probes/observation.ts'
import type { Try } from '#lib/probes/observations/base.ts'
import { retriesOf, waitBeforeRetryMs } from '#lib/probes/retries.ts'
import type { SingleLook } from '#lib/probes/single-look.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'
import { windowState } from '#lib/probes/window.ts'
import { type LookInput, tryInTurn } from './look.ts'
import { lookAtParts } from './parts.ts'

export type ObserveInput<Config extends PulledConfig = PulledConfig> = LookInput<Config> & {
  /** In place of the probe's own. */
  retries?: number
}

/** What one turn at an attempt came to: the whole observation, or the looks so far and how long to wait for the next one. */
export type Turn = { over: true; observation: Observation } | { over: false; looks: Look[]; afterMs: number }

/**
 * One look of a probe of any kind, with its retries. Of a window it is the next one after `looks`, so that nobody has to wait between
 * two of them: whoever calls keeps the looks meanwhile.
 */
export async function observeTurn(input: ObserveInput, looks: readonly Look[] = []): Promise<Turn> {
  const start = performance.now()
  const seen = await lookOnce(input)
  const { window } = input.config
  if (window === undefined) return { over: true, observation: seen }
  const samples = [...looks, seen]
  const outcomes = samples.map((one) => judgeLook(input.config, one).outcome)
  const { outcome } = windowState(window, { outcomes, allowWarn: input.config.allowWarn })
  // What cannot be set up ends the same at every look.
  if (outcome !== 'more' || seen.error?.kind === 'config' || input.signal.aborted)
    return { over: true, observation: windowOf(samples, seen) }
  const afterMs = Math.max(0, window.everySeconds * 1000 - (performance.now() - start))
  return { over: false, looks: samples, afterMs: Math.round(afterMs) }
}

/**
 * One attempt of a probe of any kind that looks: a look, or the looks of its window, waiting between them. Never throws for what the target or
 * the network does: that is in the observation's `error`.
 */
export async function observe(input: ObserveInput): Promise<Observation> {
  let looks: Look[] = []
  for (;;) {
    const turn = await observeTurn(input, looks)
    if (turn.over) return turn.observation
    looks = turn.looks
    const last = looks.at(-1)
    if (!(await passed(turn.afterMs, input.signal)) && last !== undefined)
      return { ...windowOf(looks, last), error: { kind: 'cancelled', message: 'cancelled' } }
  }
}

function windowOf(samples: Look[], { v, at, configHash, connection, phases, error }: Look): Observation {
  return { v, kind: 'window', at, configHash, connection, phases, error, samples }
}

async function lookOnce(input: ObserveInput): Promise<Look> {
  const { config } = input
  if (config.kind !== 'composite') return lookWithRetries({ ...input, config })
  const retries = input.retries ?? retriesOf(config)
  return lookAtParts({ ...input, config }, (part) => lookWithRetries({ ...input, config: part, retries }))
}

/** Tries again what the network broke off, and nothing else: an answer is an answer. Every try is kept. */
async function lookWithRetries(input: ObserveInput<SingleConfig>): Promise<SingleLook> {
  const most = input.retries ?? retriesOf(input.config)
  const tries: Try[] = []
  const blocked: NonNullable<SingleLook['blocked']> = []
  for (;;) {
    const { look, isRetryable } = await tryInTurn(input)
    blocked.push(...(look.blocked ?? []))
    const whole = blocked.length === 0 ? look : { ...look, blocked }
    const seen = tries.length === 0 ? whole : { ...whole, tries }
    if (!isRetryable || look.error === null || tries.length >= most) return seen
    const { at, connection, phases, error } = look
    if (!(await passed(waitBeforeRetryMs(tries.length + 1), input.signal)))
      return { ...seen, error: { kind: 'cancelled', message: 'cancelled' } }
    tries.push({ at, used: connection?.used ?? null, total: phases.total, error })
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
