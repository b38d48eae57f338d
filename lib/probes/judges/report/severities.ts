import type { AnyCheck } from '#lib/probes/checks.ts'
import type { JudgedCondition } from '#lib/probes/judged.ts'
import { SEVERITIES, type Severity, type SeverityCounts } from '#lib/probes/reports/facts.ts'
import { between, judgeReadings } from './readings.ts'

export function totalOf(counts: SeverityCounts): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0)
}

/** How many are of one severity: those that nobody rated may be of it or not. */
export function judgeSeverity(
  check: AnyCheck & { on: Exclude<Severity, 'unknown'> },
  counts: SeverityCounts,
): JudgedCondition {
  const least = counts[check.on]
  const { unknown } = counts
  const readings = between(check, { least, most: least + unknown })
  const observed = unknown === 0 ? `${least} ${check.on}` : `${least} ${check.on}, ${unknown} not rated`
  return judgeReadings(check, { observed, readings })
}

export function isRated(check: AnyCheck): check is AnyCheck & { on: Exclude<Severity, 'unknown'> } {
  return check.on !== 'unknown' && SEVERITIES.some((severity) => severity === check.on)
}
