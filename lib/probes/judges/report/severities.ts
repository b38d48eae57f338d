import type { AnyCheck } from '#lib/probes/checks.ts'
import type { JudgedCondition } from '#lib/probes/judged.ts'
import { SEVERITIES, type Severity, type SeverityCounts } from '#lib/probes/reports/facts.ts'
import { between, judgeReadings } from './readings.ts'

export function totalOf(counts: SeverityCounts): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0)
}

/**
 * How many are of one severity: those that nobody rated may be of it or not. `unrated`: why there may be any number more that the
 * report does not show.
 */
export function judgeSeverity(
  check: AnyCheck & { on: Exclude<Severity, 'unknown'> },
  { counts, unrated }: { counts: SeverityCounts; unrated?: string | undefined },
): JudgedCondition {
  const least = counts[check.on]
  const { unknown } = counts
  const most = unrated === undefined ? least + unknown : Number.MAX_SAFE_INTEGER
  const said = [`${least} ${check.on}`, ...(unknown === 0 ? [] : [`${unknown} not rated`])]
  const observed = [...said, ...(unrated === undefined ? [] : [unrated])].join(', ')
  return judgeReadings(check, { observed, readings: between(check, { least, most }) })
}

export function isRated(check: AnyCheck): check is AnyCheck & { on: Exclude<Severity, 'unknown'> } {
  return check.on !== 'unknown' && SEVERITIES.some((severity) => severity === check.on)
}
