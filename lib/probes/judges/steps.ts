import { canonicalDecimal, compareDecimals, subtractDecimals } from '../decimals.ts'
import { judgeCondition } from '../judge-condition.ts'
import { holds, type JudgedCondition, type ProbeJudge, wish } from '../judged.ts'
import type { StepsProbe } from '../kinds/steps.ts'
import { truth } from '../kleene.ts'
import type { HttpObservation } from '../observations/http.ts'
import type { StepSeen, StepsObservation } from '../observations/steps.ts'
import { inBaseUnit, inUnit } from '../quantities.ts'
import type { Capture, JwtCondition, StepCondition } from '../step.ts'
import { printStepCondition } from '../step-grammar.ts'

/** `step 2 of 4, “list claims”: ` */
export function stepTitle({ steps }: StepsProbe, number: number): string {
  const step = steps[number - 1]
  const name = step?.name ?? `${step?.method ?? ''} ${step?.url ?? ''}`.trim()
  return `step ${number} of ${steps.length}, “${name}”: `
}

/** A step that says nothing about its status also expects 200 to 299, and every capture expects to find its value. */
export const stepsJudge: ProbeJudge<StepsProbe, StepsObservation> = {
  asksTarget: true,
  conditions(config, observation) {
    return config.steps.flatMap((_step, index) => {
      const title = stepTitle(config, index + 1)
      return stepConditions(config, { number: index + 1, observation }).map((judged) => ({
        ...judged,
        text: `${title}${judged.text}`,
        observed: `${title}${judged.observed}`,
      }))
    })
  },
}

/** Of one step, without its title; where the step was not taken all is unknown. */
export function stepConditions(
  { steps, conditions }: StepsProbe,
  { number, observation }: { number: number; observation: StepsObservation },
): JudgedCondition[] {
  const asked = conditions.filter(({ step }) => step === number)
  const saysStatus = asked.some(
    ({ on, level }) => level === 'expect' && (on === 'status' || on === 'status_in'),
  )
  const seen = observation.steps[number - 1]
  const answer = asHttp(observation, seen)
  const implied = saysStatus ? [] : [judgeCondition({ level: 'expect', on: 'status_ok' }, answer)]
  const captures = steps[number - 1]?.captures ?? []
  const judged = [
    ...implied,
    ...asked.map((one) =>
      judgeOne(one, { answer, seen: observation.steps.slice(0, number), at: observation.at }),
    ),
    ...captures.map((capture) => judgeCapture(capture, seen)),
  ]
  return seen === undefined
    ? judged.map((one) => ({ ...one, observed: 'not reached', result: 'unknown' }))
    : judged
}

function asHttp(
  { steps: _, kind: __, ...base }: StepsObservation,
  seen: StepSeen | undefined,
): HttpObservation {
  return {
    ...base,
    kind: 'http',
    phases: { ...base.phases, total: seen?.ms ?? null },
    request: seen?.request ?? null,
    response: seen?.response ?? null,
    body: seen?.body ?? null,
    tls: seen?.tls ?? null,
    redirects: [],
  }
}

function judgeCapture({ name, from, at }: Capture, seen: StepSeen | undefined): JudgedCondition {
  const found = seen?.captures.find((one) => one.name === name)
  return {
    text: `capture ${name} ${from} ${at} (implied)`,
    level: 'expect',
    observed: found?.found === true ? `${name} captured` : `no ${name}: ${found?.why ?? 'not looked for'}`,
    wanted: `a value in ${from} ${at}`,
    result: truth(found?.found ?? null),
  }
}

function judgeOne(
  condition: StepCondition,
  { answer, seen, at }: { answer: HttpObservation; seen: readonly StepSeen[]; at: string },
): JudgedCondition {
  if (condition.on !== 'jwt' && condition.on !== 'jwt_alg') return judgeCondition(condition, answer)
  const { level, name } = condition
  const judged = {
    text: printStepCondition(condition),
    level,
    wanted: wish(condition.op, wantedOf(condition)),
  }
  const jwt = seen.flatMap(({ captures }) => captures).find((one) => one.name === name)?.jwt ?? null
  if (jwt === null) return { ...judged, observed: `${name} is not a JSON Web Token`, result: 'unknown' }
  if (condition.on === 'jwt_alg') {
    const value = jwt.alg === null ? null : (jwt.alg === condition.value) === (condition.op === '==')
    return { ...judged, observed: `alg ${jwt.alg ?? 'not said'}`, result: truth(value) }
  }
  const exp = canonicalDecimal(jwt.exp ?? '')
  const from = canonicalDecimal(
    condition.time === 'exp-iat' ? (jwt.iat ?? '') : String(Date.parse(at) / 1000),
  )
  if (exp === null || from === null) {
    const missing = exp === null ? 'exp' : 'iat'
    return { ...judged, observed: `${name} has no ${missing}`, result: 'unknown' }
  }
  const span = { value: subtractDecimals(exp, from), unit: 's' } as const
  const order = compareDecimals(inBaseUnit(span), inBaseUnit(condition))
  return {
    ...judged,
    observed: `${condition.time} ${inUnit(span, condition.unit)}`,
    result: truth(holds(condition.op, order)),
  }
}

function wantedOf(condition: JwtCondition): string {
  return condition.on === 'jwt' ? `${condition.value}${condition.unit}` : condition.value
}
