import { type ConfigOf, configHash, type ProbeConfig, type PulledConfig } from './config.ts'
import { isPushed } from './kinds.ts'
import { NOTHING_ASKED } from './observations/base.ts'
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
}: {
  config: ConfigOf<'report'>
  at: string
  report: PushedReport | null
}): ReportObservation {
  return { v: 1, kind: 'report', at, configHash: configHash(config), ...NOTHING_ASKED, report }
}
