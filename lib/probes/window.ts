import type { Outcome } from '#lib/shared/codes.ts'
import type { Window } from './base-probe.ts'

export type WindowTally = {
  looks: number
  passes: number
  warnings: number
  failures: number
  unclear: number
}
/** `more`: nothing is decided yet, and there are looks left. */
export type WindowState = WindowTally & { outcome: Outcome | 'more' }

/**
 * Where a window stands after some looks. The limit of failures beats success; when neither is reached by the last look, or can no
 * longer be, it is inconclusive. A look that was blocked or could not be set up ends it, as every other would end the same.
 */
export function windowState(
  { need, samples, maxFailures, maxInconclusive }: Window,
  { outcomes, allowWarn }: { outcomes: readonly Outcome[]; allowWarn: boolean },
): WindowState {
  const count = (...wanted: Outcome[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length
  const warnings = count('warn')
  const passes = count('pass') + (allowWarn ? warnings : 0)
  const failures = count('fail')
  const looks = outcomes.length
  const tally = { looks, passes, warnings, failures, unclear: looks - passes - failures }
  const outcome = (): Outcome | 'more' => {
    if (outcomes.includes('skipped')) return 'skipped'
    if (outcomes.includes('blocked')) return 'blocked'
    if (failures > maxFailures) return 'fail'
    if (tally.unclear > maxInconclusive) return 'inconclusive'
    if (passes >= need) return warnings > 0 ? 'warn' : 'pass'
    return samples - looks < need - passes ? 'inconclusive' : 'more'
  }
  return { ...tally, outcome: outcome() }
}
