import { type ConfigOf, configHash, type ProbeConfig, type PulledConfig } from './config.ts'
import { isPushed } from './kinds.ts'
import { NOTHING_ASKED } from './observations/base.ts'
import type { Heartbeat, HeartbeatObservation } from './observations/heartbeat.ts'
import type { PushedReport, ReportObservation } from './observations/report.ts'

/** Is there something to ask, or does its evidence come by itself? */
export function isPulledConfig(config: ProbeConfig): config is PulledConfig {
  return !isPushed(config.kind)
}

/** A look at what was pushed for the run's commit. `at`: ISO 8601 in UTC, when it was looked. */
export function observedReport({
  config,
  at,
  report,
  others = [],
}: {
  config: ConfigOf<'report'>
  at: string
  report: PushedReport | null
  others?: readonly PushedReport[]
}): ReportObservation {
  const seen = { v: 1, kind: 'report', at, configHash: configHash(config), ...NOTHING_ASKED, report } as const
  return others.length === 0 ? seen : { ...seen, others: [...others] }
}

/** A look at the last heartbeat of a job. `at`: ISO 8601 in UTC, when it was looked; the age counts to then. */
export function observedHeartbeat({
  config,
  at,
  beat,
}: {
  config: ConfigOf<'heartbeat'>
  at: string
  beat: Heartbeat | null
}): HeartbeatObservation {
  return { v: 1, kind: 'heartbeat', at, configHash: configHash(config), ...NOTHING_ASKED, beat }
}
