import { counted } from '#lib/shared/words.ts'
import { canonicalDecimal, compareDecimals } from '../decimals.ts'
import { holds, implied, type JudgedCondition, type ProbeJudge, wish } from '../judged.ts'
import type { PromqlCondition, PromqlProbe } from '../kinds/promql.ts'
import { promqlGrammar } from '../kinds/promql.ts'
import { all, type Truth, truth } from '../kleene.ts'
import type { PromqlObservation } from '../observations/promql.ts'
import { printQuantity } from '../print-text.ts'
import { compareTold, inUnit } from '../quantities.ts'

type Series = { labels: string; value: string }

/**
 * Too little traffic or samples that are too old leave everything undecided, whatever the numbers say: a rate of nothing is no
 * rate. A warning of Prometheus flags the result.
 */
export const promqlJudge: ProbeJudge<PromqlProbe, PromqlObservation> = {
  asksTarget: false,
  conditions(config, observation) {
    const gates = [...trafficGate(config, observation), ...ageGate(config, observation)]
    const undecided = gates.some(({ result }) => result !== 'true')
    const judged = config.conditions.map((condition) => {
      const one = judgeSeries(condition, observation)
      return undecided ? { ...one, result: 'unknown' as const } : one
    })
    const [warning] = observation.warnings
    const flagged =
      warning === undefined
        ? []
        : [
            implied({
              text: 'no warning of Prometheus',
              level: 'warn',
              observed: `Prometheus warns: ${warning}`,
              wanted: 'none',
              value: false,
            }),
          ]
    return [...gates, ...judged, ...flagged]
  },
}

/** A gate is true or unknown, never false: what it finds says nothing about the target. */
function open(value: boolean): true | null {
  return value ? true : null
}

/** Prometheus extrapolates an increase to fractions of a request; what is shown is cut to whole ones, never rounded up. */
function asCount(seen: string): string {
  return /^\d+\.\d+$/.test(seen) ? seen.slice(0, seen.indexOf('.')) : seen
}

function trafficGate({ minSamples }: PromqlProbe, { samples }: PromqlObservation): JudgedCondition[] {
  if (minSamples === null) return []
  const seen = samples?.value ?? null
  const value = seen === null ? null : canonicalDecimal(seen)
  const enough = value !== null && compareDecimals(value, String(minSamples.least)) >= 0
  return [
    implied({
      text: 'min-samples',
      observed:
        seen === null ? 'number of samples not known' : counted({ count: asCount(seen), one: 'sample' }),
      wanted: `≥ ${minSamples.least} to decide`,
      value: open(enough),
    }),
  ]
}

/** So far ahead of ours a clock may be. */
const SKEW_SECONDS = '-60'

function ageGate({ fresh }: PromqlProbe, { newest }: PromqlObservation): JudgedCondition[] {
  if (fresh === null) return []
  const seen = newest?.age ?? null
  const age = seen === null ? null : canonicalDecimal(seen)
  // A sample from the future says that a clock is wrong, and nothing of how fresh it is.
  const young =
    age !== null &&
    compareDecimals(age, String(fresh.withinSeconds)) <= 0 &&
    compareDecimals(age, SKEW_SECONDS) >= 0
  return [
    implied({
      text: 'fresh',
      observed: seen === null ? 'no sample' : `newest sample ${secondsWords(seen)} old`,
      wanted: `≤ ${fresh.withinSeconds} s to decide`,
      value: open(young),
    }),
  ]
}

function judgeSeries(condition: PromqlCondition, { result }: PromqlObservation): JudgedCondition {
  const { level, on, op, value, unit } = condition
  const rule = on === 'all' ? '' : `${on} `
  const asked = {
    text: promqlGrammar.printCondition(condition),
    level,
    wanted: `${rule}${wish(op, printQuantity({ value, unit }))}`,
  }
  if (result === null) return { ...asked, observed: 'no result', result: 'unknown' }
  const { total, series } = result
  const [first] = series
  if (first === undefined) return { ...asked, observed: 'no series', result: 'unknown' }
  if (on === 'count') {
    // A series that says no number is measured by nobody.
    const empty = series.find((one) => canonicalDecimal(one.value) === null)
    if (empty) return { ...asked, observed: `${total} series, one says ${empty.value}`, result: 'unknown' }
    return {
      ...asked,
      observed: `${total} series`,
      result: truth(holds(op, compareDecimals(String(total), value))),
    }
  }
  if (on === 'single' && total !== 1)
    return { ...asked, observed: `${total} series, one was expected`, result: 'unknown' }
  const each = series.map((one) => ({ one, is: judgeValue(condition, one) }))
  const beyond: Truth[] = total > series.length ? ['unknown'] : []
  const truths = [...each.map(({ is }) => is), ...beyond]
  const outcome = on === 'any' ? any(truths) : all(truths)
  const worst = each.find(({ is }) => is === outcome)?.one ?? first
  const more = total > 1 ? ` (one of ${total})` : ''
  return {
    ...asked,
    observed: `${said(condition, worst)}${total > 1 ? ` ${short(worst.labels)}` : ''}${more}`,
    result: outcome,
  }
}

function any(values: readonly Truth[]): Truth {
  if (values.includes('true')) return 'true'
  return values.includes('unknown') ? 'unknown' : 'false'
}

function judgeValue({ as, op, value, unit }: PromqlCondition, one: Series): Truth {
  const seen = canonicalDecimal(one.value)
  const order = seen === null ? null : compareTold({ value: seen, unit: as }, { value, unit })
  return truth(order === null ? null : holds(op, order))
}

/** The value in the unit of its threshold, rounded for reading; the judge compares the exact one. */
function said({ as, unit }: PromqlCondition, { value }: Series): string {
  const seen = canonicalDecimal(value)
  return seen === null ? value : inUnit({ value: seen, unit: as }, unit)
}

function short(labels: string): string {
  return labels.length > 80 ? `${labels.slice(0, 80).toWellFormed()}…` : labels
}

/** To whole milliseconds, for reading: Prometheus subtracts binary floats. */
function secondsWords(seconds: string): string {
  const match = /^(-?\d+)(?:\.(\d{1,3})\d*)?$/.exec(seconds)
  const fraction = (match?.[2] ?? '').replace(/0+$/, '')
  return match === null ? `${seconds} s` : `${match[1]}${fraction === '' ? '' : `.${fraction}`} s`
}
