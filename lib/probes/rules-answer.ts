import { z } from 'zod'
import { canonicalDecimal } from './decimals.ts'
import { RULES_KEPT, type RulesObservation, type SeenRule } from './observations/rules.ts'
import { withoutControls } from './redact.ts'

const text = z.string().transform((said) => withoutControls(said.slice(0, 1024)).toWellFormed())
const ruleObject = z.object({
  name: text,
  query: text,
  health: text,
  lastError: text.nullish(),
  lastEvaluation: text.nullish(),
  type: z.enum(['alerting', 'recording']),
  state: text.nullish(),
})

/** What Prometheus answers at /api/v1/rules. */
export const rulesAnswer = z.object({
  status: z.literal('success'),
  data: z.object({
    groups: z.array(z.object({ name: text, interval: z.number().nullish(), rules: z.array(ruleObject) })),
  }),
})
type Group = z.infer<typeof rulesAnswer>['data']['groups'][number]

export function rulesFacts(
  groups: readonly Group[],
  { at, named }: { at: Date; named: readonly string[] },
): NonNullable<RulesObservation['loaded']> {
  const rules = groups.flatMap((group) => group.rules.map((rule) => seenRule(group, { rule, at })))
  const weight = (rule: SeenRule) =>
    (named.includes(rule.name) ? 4 : 0) + (rule.health === 'ok' ? 0 : 2) + (rule.state === 'firing' ? 1 : 0)
  const alerts = rules.filter(({ is }) => is === 'alert')
  return {
    groups: groups.map(({ name }) => name),
    rules: rules.length,
    alerts: alerts.length,
    failing: rules.filter(({ health }) => health === 'err').length,
    unclear: rules.filter(({ health }) => health !== 'ok' && health !== 'err').length,
    late: rules.filter(isLate).length,
    firing: alerts.filter(({ state }) => state === 'firing').length,
    kept: rules.sort((one, other) => weight(other) - weight(one)).slice(0, RULES_KEPT),
  }
}

function seenRule(
  { name: group, interval }: Group,
  { rule, at }: { rule: z.infer<typeof ruleObject>; at: Date },
): SeenRule {
  const ms = rule.lastEvaluation ? at.getTime() - Date.parse(rule.lastEvaluation) : Number.NaN
  return {
    group,
    name: rule.name,
    is: rule.type === 'alerting' ? 'alert' : 'recording',
    query: rule.query,
    health: rule.health,
    lastError: rule.lastError || null,
    state: rule.state ?? null,
    age: Number.isSafeInteger(ms) ? canonicalDecimal(String(Math.max(0, ms) / 1000)) : null,
    interval: interval ? canonicalDecimal(String(interval)) : null,
  }
}

/** A rule says nothing of now when it missed two evaluations; a minute is allowed for clocks and a loaded machine. */
export function isLate({ age, interval }: SeenRule): boolean {
  return age === null || Number(age) > 3 * Number(interval ?? 0) + 60
}

/** The number that a query compares with at its end: `rate(x[5m]) > 0.01` gives 0.01; null where there is none. */
export function thresholdOf(query: string): string | null {
  const found =
    /(?:[=!<>]=|<|>)\s*(?:bool\s+)?([+-]?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)[\s)]{0,20}$/i.exec(query)
  return found?.[1] === undefined ? null : canonicalDecimal(found[1].replace(/^\+/, ''))
}
