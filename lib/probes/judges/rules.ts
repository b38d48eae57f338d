import { counted } from '#lib/shared/words.ts'
import {
  expectsOnlyTime,
  type Found,
  implied,
  type JudgedCondition,
  judgeCheck,
  type ProbeJudge,
  totalTime,
} from '../judged.ts'
import type { RulesCheck, RulesProbe } from '../kinds/rules.ts'
import { all } from '../kleene.ts'
import type { RulesObservation, SeenRule } from '../observations/rules.ts'
import { type Dimension, dimensionOf, type Unit } from '../quantities.ts'
import { isLate, thresholdOf } from '../rules-answer.ts'

type Loaded = NonNullable<RulesObservation['loaded']>
const BASE_UNIT: Readonly<Record<Dimension, Unit>> = { time: 's', ratio: 'ratio', bytes: 'B' }

/** A rule that fails or is not evaluated any more looks inactive, so of its alert nothing is known. */
export const rulesJudge: ProbeJudge<RulesProbe, RulesObservation> = {
  asksTarget: false,
  conditions(config, { loaded, phases }) {
    const judged = config.conditions.map((check): JudgedCondition => {
      if (check.on === 'time') return judgeCheck(check, totalTime(phases))
      if (loaded === null) return judgeCheck(check, { observed: 'rules not seen', value: null })
      if (check.on === 'threshold')
        return ofAlert(check, { loaded, name: check.name, foundIn: (rule) => limit(rule, check.unit) })
      if (check.on === 'not-firing') return ofAlert(check, { loaded, name: check.text, foundIn: quiet })
      const judged = judgeCheck(check, foundOf(check, loaded))
      // That nothing is loaded is how a lost configuration looks: it may break a condition, never fulfil one.
      return loaded.rules === 0 && judged.result === 'true' ? { ...judged, result: 'unknown' } : judged
    })
    if (!expectsOnlyTime(config.conditions)) return judged
    const observed = loaded === null ? 'rules not seen' : counted({ count: loaded.rules, one: 'rule' })
    const value = loaded !== null && loaded.rules > 0 ? true : null
    return [implied({ text: 'rules are loaded', observed, wanted: 'a rule', value }), ...judged]
  },
}

function foundOf(
  check: Exclude<RulesCheck, { on: 'time' | 'threshold' | 'not-firing' }>,
  loaded: Loaded,
): Found {
  const { groups, rules, alerts, failing, unclear, late, firing, kept } = loaded
  switch (check.on) {
    case 'group': {
      const found = groups.includes(check.text)
      return {
        observed: found
          ? `group ${check.text}`
          : `${counted({ count: groups.length, one: 'group' })}, not this one`,
        value: found,
      }
    }
    case 'rules':
      return {
        observed: counted({ count: rules, one: 'rule' }),
        quantity: { value: String(rules), unit: null },
      }
    case 'alert': {
      const found = kept.some(({ is, name }) => is === 'alert' && name === check.text)
      return {
        observed: found ? `alert ${check.text}` : `${counted({ count: alerts, one: 'alert' })}, not this one`,
        value: found,
      }
    }
    case 'no-errors': {
      const bad = kept.find(({ health }) => health === 'err')
      if (failing > 0)
        return {
          observed: `${counted({ count: failing, one: 'rule fails', many: 'rules fail' })}, ${bad?.name ?? 'one'}: ${bad?.lastError ?? ''}`,
          value: false,
        }
      if (rules === 0) return { observed: 'no rules', value: null }
      if (unclear > 0)
        return { observed: `${counted({ count: unclear, one: 'rule' })} not evaluated yet`, value: null }
      if (late > 0)
        return { observed: `${counted({ count: late, one: 'rule' })} not evaluated lately`, value: null }
      return { observed: `${counted({ count: rules, one: 'rule' })}, none fails`, value: true }
    }
    case 'firing': {
      if (alerts === 0) return { observed: 'no alerts', quantity: null }
      if (failing + unclear + late > 0)
        return {
          observed: `${firing} of ${counted({ count: alerts, one: 'alert' })} firing, some rules not evaluated`,
          quantity: null,
        }
      const name = kept.find(({ state }) => state === 'firing')?.name
      const such = name === undefined ? '' : `, such as ${name}`
      return {
        observed: `${firing} of ${counted({ count: alerts, one: 'alert' })} firing${such}`,
        quantity: { value: String(firing), unit: null },
      }
    }
  }
}

/** Several rules may share a name, as one for each severity: each must hold. */
function ofAlert(
  check: RulesCheck,
  { loaded, name, foundIn }: { loaded: Loaded; name: string; foundIn: (rule: SeenRule) => Found },
): JudgedCondition {
  const rules = loaded.kept.filter((rule) => rule.is === 'alert' && rule.name === name)
  const each = rules.map((rule) => judgeCheck(check, foundIn(rule)))
  const result = all(each.map((one) => one.result))
  const worst = each.find((one) => one.result === result)
  return worst ?? judgeCheck(check, { observed: `no alert ${name}`, value: null })
}

function limit({ query }: SeenRule, unit: Unit | null): Found {
  const value = thresholdOf(query)
  const dimension = dimensionOf(unit)
  if (value === null)
    return { observed: `no number at the end of ${query.slice(0, 80).toWellFormed()}`, quantity: null }
  return {
    observed: `threshold ${value}`,
    quantity: { value, unit: dimension === null ? null : BASE_UNIT[dimension] },
  }
}

function quiet(rule: SeenRule): Found {
  const { name, state, health } = rule
  if (state === 'firing') return { observed: `${name} is firing`, value: false }
  if (health !== 'ok') return { observed: `${name} is not evaluated (${health})`, value: null }
  if (isLate(rule)) return { observed: `${name} was not evaluated lately`, value: null }
  return {
    observed: `${name} is ${state ?? 'in no state'}`,
    value: state === 'inactive' || state === 'pending' ? true : null,
  }
}
