import type { Outcome, Verdict } from '#lib/shared/codes.ts'
import type { ProbeConfig } from './config.ts'
import { type JudgedCondition, judgeCondition } from './judge-condition.ts'
import { all } from './kleene.ts'
import type { FailureKind, Observation } from './observation.ts'

/** `line` is the evidence in one line: a value against its threshold. */
export type Judgement = { outcome: Outcome; verdict: Verdict; conditions: JudgedCondition[]; line: string }

/**
 * What an attempt without a whole answer means. A target that refuses, stays silent, hangs up, answers with a bad
 * certificate or cannot be followed was measured and is bad; what kept us from measuring at all is an error.
 */
const OUTCOME_OF: Readonly<Record<FailureKind, Outcome>> = {
  config: 'error',
  dns: 'error',
  blocked: 'blocked',
  refused: 'fail',
  unreachable: 'error',
  timeout: 'fail',
  slow: 'fail',
  closed: 'fail',
  certificate: 'fail',
  tls: 'error',
  protocol: 'error',
  headers_too_large: 'error',
  decode: 'fail',
  redirects: 'fail',
  cancelled: 'skipped',
}

const IMPLIED_STATUS = { level: 'expect', on: 'status_ok' } as const

/**
 * The verdict of an observation under a configuration: pure, so a stored observation can be judged again by anyone.
 * A probe that says nothing about the status also expects 200 to 299, because a header or a text on an error page
 * proves nothing.
 */
export function judge(config: ProbeConfig, observation: Observation): Judgement {
  if (observation.error !== null) {
    const outcome = OUTCOME_OF[observation.error.kind]
    return { outcome, verdict: verdictOf(outcome, config), conditions: [], line: observation.error.message }
  }
  const saysStatus = config.conditions.some(
    ({ on, level }) => level === 'expect' && (on === 'status' || on === 'status_in'),
  )
  const asked = saysStatus ? config.conditions : [IMPLIED_STATUS, ...config.conditions]
  const conditions = asked.map((condition) => judgeCondition(condition, observation))
  const outcome = outcomeOf(conditions)
  return {
    outcome,
    verdict: verdictOf(outcome, config),
    conditions,
    line: evidenceLine(conditions, observation),
  }
}

/** Only a pass is a pass; a warning counts as one where the probe says `allow warn`. */
export function verdictOf(outcome: Outcome, { allowWarn }: Pick<ProbeConfig, 'allowWarn'>): Verdict {
  if (outcome === 'pass' || outcome === 'fail') return outcome
  return outcome === 'warn' && allowWarn ? 'pass' : 'inconclusive'
}

function outcomeOf(conditions: readonly JudgedCondition[]): Outcome {
  const results = (level: 'expect' | 'warn') =>
    conditions.filter((condition) => condition.level === level).map(({ result }) => result)
  const expected = all(results('expect'))
  if (expected === 'false') return 'fail'
  if (expected === 'unknown') return 'inconclusive'
  return results('warn').every((result) => result === 'true') ? 'pass' : 'warn'
}

function evidenceLine(conditions: readonly JudgedCondition[], { phases }: Observation): string {
  const rank = (condition: JudgedCondition) =>
    (condition.level === 'warn' ? 2 : 0) + (condition.result === 'false' ? 0 : 1)
  const unmet = conditions
    .filter(({ result }) => result !== 'true')
    .sort((left, right) => rank(left) - rank(right))
  const [worst] = unmet
  if (worst !== undefined) {
    const more = unmet.length > 1 ? ` · ${unmet.length - 1} more` : ''
    return `${worst.observed} · wanted ${worst.wanted}${more}`
  }
  const seen = [...new Set(conditions.map(({ observed }) => observed))]
  const rest = seen.length > 4 ? ` · ${seen.length - 4} more` : ''
  const took = phases.total === null || seen.includes(`${phases.total} ms`) ? '' : ` · ${phases.total} ms`
  return `${seen.slice(0, 4).join(' · ')}${rest}${took}`
}
