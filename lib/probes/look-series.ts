import type { Verdict } from '#lib/shared/codes.ts'
import { canonicalDecimal } from './decimals.ts'
import type { JudgedCondition } from './judged.ts'
import type { Judgement } from './judgement.ts'
import type { Observation } from './observation.ts'
import { inBaseUnit, isUnit, type Quantity } from './quantities.ts'

/** One look as it is drawn: `value` in the base unit of what is measured, null when it was not known. */
export type SeriesPoint = { at: string; verdict: Verdict; value: number | null; text: string }
/** Several looks of one probe, oldest first. `title`: what is drawn, null where no look has a number; `threshold`: what is asked, in its unit. */
export type LookSeries = { title: string | null; threshold: number | null; points: SeriesPoint[] }
export type SeriesLook = { verdict: Verdict; judgement: Judgement; seen: Observation }

/** `0.04%`, `412 ms`, `≤ 500ms` → a quantity; null for all that is not one. */
function quantityIn(text: string): Quantity | null {
  const match = /^(?:[≠≤≥<>]\s)?(-?\d[\d.eE+-]*)\s?([A-Za-z%]*)$/.exec(text)
  const value = match?.[1] === undefined ? null : canonicalDecimal(match[1])
  const unit = match?.[2] ?? ''
  if (value === null || (unit !== '' && !isUnit(unit))) return null
  return { value, unit: unit === '' ? null : unit }
}

function inBase(text: string): number | null {
  const quantity = quantityIn(text)
  return quantity === null ? null : Number(inBaseUnit(quantity))
}

const isMeasured = ({ text, observed, wanted }: JudgedCondition) =>
  // A status or a version is a number that measures nothing.
  !/^(?:"[^"]*" )?(?:status|version)\b/.test(text) && inBase(observed) !== null && inBase(wanted) !== null

/**
 * What a chart of these looks shows: the first condition that compares a measured number, else how long each look took. Looks
 * that were made under another wording of the condition have no value there.
 */
export function lookSeries(looks: readonly SeriesLook[]): LookSeries {
  const last = looks.findLast(({ judgement }) => judgement.conditions.some(isMeasured))
  const measured = last?.judgement.conditions.find(isMeasured)
  const points = looks.map(({ verdict, judgement, seen }) => {
    const total = seen.phases.total
    const text =
      measured === undefined
        ? total === null
          ? null
          : `${total} ms`
        : (judgement.conditions.find((condition) => condition.text === measured.text)?.observed ?? null)
    const value = text === null ? null : inBase(text)
    return { at: seen.at, verdict, value, text: text ?? 'not known' }
  })
  // What is pushed takes no time, and a chart of nothing would be drawn along zero.
  if (points.every(({ value }) => value === null)) return { title: null, threshold: null, points }
  if (measured === undefined) return { title: 'Time of each look', threshold: null, points }
  return { title: measured.text, threshold: inBase(measured.wanted), points }
}
