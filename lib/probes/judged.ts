import type { Outcome } from '#lib/shared/codes.ts'
import type { AnyCheck } from './checks.ts'
import { printCheck } from './checks.ts'
import type { Comparison } from './condition.ts'
import { canonicalDecimal } from './decimals.ts'
import { type Truth, truth } from './kleene.ts'
import { printQuantity } from './print-text.ts'
import { compareQuantities, type Quantity } from './quantities.ts'

/** One condition as judged: what was asked, what was seen, what was wanted. */
export type JudgedCondition = {
  text: string
  level: 'expect' | 'warn'
  observed: string
  wanted: string
  result: Truth
}

/** How one kind turns an observation into judged conditions. Methods, so that one table can hold the judges of all kinds. */
export interface ProbeJudge<Config = unknown, Seen = unknown> {
  /**
   * Is what was asked the thing that is judged? Where it only measures others (Prometheus), its own refusal or silence is an
   * error and says nothing about them.
   */
  readonly asksTarget: boolean
  /** The conditions of the configuration and those that go without saying, judged. */
  conditions(config: Config, observation: Seen): JudgedCondition[]
  /** Where the outcome is not that of all conditions together: the outcome, and the evidence in one line. */
  whole?(config: Config, observation: Seen): { outcome: Outcome; line: string }
}

/** What was found about one check's subject: a number to compare, or the answer itself, of a number too; null is unknown. */
export type Found =
  | { observed: string; quantity: Quantity | null }
  | { observed: string; value: boolean | null }

/** Judges one check by what was found. `wanted`: in place of the usual words. */
export function judgeCheck(check: AnyCheck, found: Found, wanted?: string): JudgedCondition {
  const { level, op, value, unit } = check
  const text = printCheck(check)
  const judged = { text, level, observed: found.observed }
  if (op === undefined || value === undefined)
    return { ...judged, wanted: wanted ?? text, result: truth('value' in found ? found.value : null) }
  const threshold = { value, unit: unit ?? null }
  const seen = 'quantity' in found ? found.quantity : null
  const exact = seen === null ? null : canonicalDecimal(seen.value)
  // A stored observation may hold any text where a number should be.
  const order =
    seen === null || exact === null ? null : compareQuantities({ ...seen, value: exact }, threshold)
  return {
    ...judged,
    wanted: wanted ?? wish(op, printQuantity(threshold)),
    result: truth('value' in found ? found.value : order === null ? null : holds(op, order)),
  }
}

/** A condition that goes without saying. */
export function implied({
  text,
  level = 'expect',
  observed,
  wanted,
  value,
}: {
  text: string
  level?: 'expect' | 'warn'
  observed: string
  wanted: string
  value: boolean | null
}): JudgedCondition {
  return { text: `${text} (implied)`, level, observed, wanted, result: truth(value) }
}

/** Is nothing expected but a time? What is broken may answer as soon as what is well, so then more goes without saying. */
export function expectsOnlyTime(conditions: readonly { level: 'expect' | 'warn'; on: string }[]): boolean {
  return conditions.every(({ level, on }) => level === 'warn' || on === 'time')
}

/** The time of the whole attempt, as a quantity. */
export function totalTime({ total }: { total: string | null }): Found {
  if (total === null) return { observed: 'no time', quantity: null }
  return { observed: `${total} ms`, quantity: { value: total, unit: 'ms' } }
}

export function holds(op: Comparison, order: number): boolean {
  if (op === '==') return order === 0
  if (op === '!=') return order !== 0
  if (op === '<') return order < 0
  if (op === '<=') return order <= 0
  return op === '>' ? order > 0 : order >= 0
}

const SIGNS: Readonly<Record<string, string>> = {
  '==': '',
  '!=': '≠ ',
  '<=': '≤ ',
  '>=': '≥ ',
  '<': '< ',
  '>': '> ',
}

export function wish(op: string, value: string): string {
  return `${SIGNS[op] ?? `${op} `}${value}`
}
