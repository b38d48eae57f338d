import type { AnyCheck } from '#lib/probes/checks.ts'
import { type JudgedCondition, judgeCheck } from '#lib/probes/judged.ts'
import { compareQuantities, type Quantity } from '#lib/probes/quantities.ts'

/**
 * One check where a report leaves room for several values: true when it holds for each of them, false when it holds for none,
 * else unknown. Of no value it is unknown.
 */
export function judgeReadings(
  check: AnyCheck,
  { observed, readings }: { observed: string; readings: readonly Quantity[] },
): JudgedCondition {
  const [first, ...rest] = readings.map((quantity) => judgeCheck(check, { observed, quantity }))
  if (first === undefined) return judgeCheck(check, { observed, quantity: null })
  const agree = rest.every(({ result }) => result === first.result)
  return agree ? first : { ...first, result: 'unknown' }
}

/** Some number from `least` to `most`, both included: its ends, and the threshold where that may be it. */
export function between(check: AnyCheck, { least, most }: { least: number; most: number }): Quantity[] {
  const ends = [...new Set([least, most])].map(plain)
  const threshold = { value: check.value ?? '', unit: null }
  const [low = plain(least), high = low] = ends
  const isInside =
    check.value !== undefined &&
    (compareQuantities(low, threshold) ?? 0) < 0 &&
    (compareQuantities(threshold, high) ?? 0) < 0
  return isInside ? [...ends, threshold] : ends
}

/** `tests == 0`: who says that there must be none does not miss any. */
export function asksForNone(checks: readonly AnyCheck[], subject: string): boolean {
  return checks.some(({ on, op, value }) => on === subject && op === '==' && value === '0')
}

export function plain(count: number): Quantity {
  return { value: String(count), unit: null }
}
