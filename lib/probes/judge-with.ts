import type { Outcome } from '#lib/shared/codes.ts'
import { counted } from '#lib/shared/words.ts'
import { commonPlace } from './common-place.ts'
import type { ProbeConfig } from './config.ts'
import type { JudgedCondition, ProbeJudge } from './judged.ts'
import { type Judgement, verdictOf } from './judgement.ts'
import { all } from './kleene.ts'
import type { Look } from './observation.ts'
import type { FailureKind } from './observations/base.ts'
import { withRunTexts } from './run-texts.ts'

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
  access: 'error',
  query: 'error',
  busy: 'error',
  lost: 'error',
  cancelled: 'skipped',
}

/**
 * The same where what was asked is not the target but what measures it: however it fails, nothing was measured.
 */
function outcomeOfFailure(kind: FailureKind, { asksTarget }: ProbeJudge): Outcome {
  const outcome = OUTCOME_OF[kind]
  return outcome === 'fail' && !asksTarget ? 'error' : outcome
}

/** The verdict of one look by the judge of its kind. */
export function judgeWith(judgeOfKind: ProbeJudge, config: ProbeConfig, observation: Look): Judgement {
  if (observation.kind !== config.kind) {
    const line = `seen by another kind of probe (${observation.kind})`
    return { outcome: 'error', verdict: 'inconclusive', conditions: [], line }
  }
  if (observation.error !== null) {
    const outcome = outcomeOfFailure(observation.error.kind, judgeOfKind)
    const line = `${observation.error.message}${triesText(observation, outcome)}`
    return { outcome, verdict: verdictOf(outcome, config), conditions: [], line }
  }
  const conditions = judgeOfKind.conditions(withRunTexts(config, observation.run), observation)
  const whole = judgeOfKind.whole?.(config, observation)
  const outcome = whole?.outcome ?? outcomeOf(conditions)
  const line = whole?.line ?? evidenceLine(conditions, observation)
  return {
    outcome,
    verdict: verdictOf(outcome, config),
    conditions,
    line: `${outcome === 'warn' ? 'warning: ' : ''}${line}${triesText(observation, outcome)}`,
  }
}

/** A pass that was not the first try's says so for ever. */
function triesText({ tries = [], error }: Look, outcome: Outcome): string {
  if (tries.length === 0) return ''
  const attempt = tries.length + 1
  if (error !== null) return ` · ${counted({ count: attempt, one: 'attempt' })}`
  return outcome === 'pass' || outcome === 'warn'
    ? ` · passed on attempt ${attempt}`
    : ` · on attempt ${attempt}`
}

function outcomeOf(conditions: readonly JudgedCondition[]): Outcome {
  const results = (level: 'expect' | 'warn') =>
    conditions.filter((condition) => condition.level === level).map(({ result }) => result)
  const expected = all(results('expect'))
  if (expected === 'false') return 'fail'
  if (expected === 'unknown') return 'inconclusive'
  return results('warn').every((result) => result === 'true') ? 'pass' : 'warn'
}

function evidenceLine(conditions: readonly JudgedCondition[], { phases }: Look): string {
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
  const seen = seenOnce(conditions)
  const rest = seen.length > 4 ? ` · ${seen.length - 4} more` : ''
  const took = phases.total === null || seen.includes(`${phases.total} ms`) ? '' : ` · ${phases.total} ms`
  return `${seen.slice(0, 4).join(' · ')}${rest}${took}`
}

/** Each thing seen once, and each step named once, before the first of what was seen in it. */
function seenOnce(conditions: readonly JudgedCondition[]): string[] {
  const each = [...new Map(conditions.map((one) => [one.observed, one])).values()]
  const places = each.map(commonPlace)
  return each.map(({ observed }, index) => {
    const place = places[index] ?? ''
    return place === places[index - 1] ? observed.slice(place.length) : observed
  })
}
