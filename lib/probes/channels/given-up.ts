import { configHash, type ProbeConfig, windowOf } from '#lib/probes/config.ts'
import type { Look, Observation } from '#lib/probes/observation.ts'
import { NOTHING_ASKED } from '#lib/probes/observations/base.ts'
import { type SingleLook, singleLookSchema } from '#lib/probes/single-look.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'
import { newTrace } from '#lib/server/egress/trace.ts'
import { counted } from '#lib/shared/words.ts'
import { channelOf } from './channel-of.ts'

/**
 * What is kept of an attempt that no worker brought to its end: that this is so, and nothing of the target, as whoever saw something is gone.
 * Of a window it comes after the `looks` that were taken before. `workers`: how many were lost with it.
 */
export function givenUp({
  config,
  at,
  workers,
  looks,
}: {
  config: ProbeConfig
  at: Date
  workers: number
  looks: readonly Look[]
}): Observation {
  const tried = counted({ count: workers, one: 'worker' })
  const message = `the probe was given up: none of ${tried} brought it to its end. Run it again, or change it`
  const common = {
    ...NOTHING_ASKED,
    v: 1 as const,
    at: at.toISOString(),
    configHash: configHash(config),
    error: { kind: 'lost' as const, message },
  }
  const last = lastLook({ config, at, common })
  if (windowOf(config) === undefined) return last
  return { ...common, kind: 'window', samples: [...looks, last] }
}

type Common = Pick<Look, 'v' | 'at' | 'configHash' | 'connection' | 'phases' | 'error'>

function lastLook({ config, at, common }: { config: ProbeConfig; at: Date; common: Common }): Look {
  if (config.kind === 'composite') return { ...common, kind: config.kind, parts: [] }
  if (config.kind === 'report') return { ...common, kind: config.kind, report: null }
  if (config.kind === 'heartbeat') return { ...common, kind: config.kind, beat: null }
  return singleLookSchema.parse({ ...blankOf({ config, at }), ...common, kind: config.kind })
}

/** What a kind keeps before it has asked anything. */
function blankOf({
  config,
  at,
}: {
  config: SingleConfig
  at: Date
}): Omit<SingleLook, keyof Common | 'kind'> {
  const channel = channelOf(config.kind)
  return channel.seen({
    config,
    environment: { variables: {}, name: null },
    guard: { allowList: [], signal: AbortSignal.abort() },
    startedAt: at,
    secrets: [],
    target: null,
    said: {},
    trace: newTrace(),
    spent: {},
    during: '',
    details: channel.blank(),
  })
}
