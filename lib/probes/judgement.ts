import type { Outcome, Verdict } from '#lib/shared/codes.ts'
import type { BaseProbe } from './base-probe.ts'
import type { JudgedCondition } from './judged.ts'

/** `line` is the evidence in one line: a value against its threshold. */
export type Judgement = { outcome: Outcome; verdict: Verdict; conditions: JudgedCondition[]; line: string }

/** Only a pass is a pass; a warning counts as one where the probe says `allow warn`. */
export function verdictOf(outcome: Outcome, { allowWarn }: Pick<BaseProbe, 'allowWarn'>): Verdict {
  if (outcome === 'pass' || outcome === 'fail') return outcome
  return outcome === 'warn' && allowWarn ? 'pass' : 'inconclusive'
}
