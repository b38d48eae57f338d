import type { AnyCheck } from '#lib/probes/checks.ts'
import { share } from '#lib/probes/decimals.ts'
import type { JudgedCondition } from '#lib/probes/judged.ts'
import type { Quantity } from '#lib/probes/quantities.ts'
import type { Counter, CoverageFacts } from '#lib/probes/reports/facts.ts'
import { percentOf } from '#lib/probes/reports/percent.ts'
import { judgeReadings } from './readings.ts'

type Reading = { quantity: Quantity; text: string }

/** A share of nothing is unknown. Where the file states one total and its details give another, both must say the same. */
export function judgeCoverage(facts: CoverageFacts, checks: readonly AnyCheck[]): JudgedCondition[] {
  return checks.map((check) => {
    const { stated, counted } = measureOf(check, facts)
    const [first, second] = [stated, counted].flatMap((counter) => readingOf(counter, check.on))
    const isEmpty = stated?.total === 0 || counted?.total === 0
    const readings = isEmpty ? [] : [first, second].flatMap((reading) => (reading ? [reading.quantity] : []))
    return judgeReadings(check, { observed: said({ on: check.on, isEmpty, first, second }), readings })
  })
}

function measureOf({ on }: AnyCheck, facts: CoverageFacts) {
  switch (on) {
    case 'lines':
    case 'branches':
    case 'functions':
    case 'statements':
      return facts[on]
    default:
      return { stated: null, counted: null }
  }
}

function readingOf(counter: Counter | null, on: string): Reading[] {
  if (counter === null) return []
  const { covered, total } = counter
  const value = share({ part: String(covered), whole: String(total) })
  const percent = percentOf(counter)
  if (value === null || percent === null) return []
  return [{ quantity: { value, unit: 'ratio' }, text: `${percent} of ${total} ${on}` }]
}

function said({
  on,
  isEmpty,
  first,
  second,
}: {
  on: string
  isEmpty: boolean
  first: Reading | undefined
  second: Reading | undefined
}): string {
  if (isEmpty) return `no ${on} to cover`
  if (first === undefined) return `${on} not in the report`
  return second === undefined || second.text === first.text
    ? first.text
    : `${first.text} as stated, ${second.text} as counted`
}
