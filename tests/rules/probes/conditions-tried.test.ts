import { describe, expect, it } from 'vitest'
import { grammarOf, KINDS, type Kind } from '#lib/probes/kinds.ts'
import { caseOf } from './judges/case.ts'
import { JUDGE_CASES } from './judges/table.ts'

function askedOf(kind: Kind): string[] {
  const cases = JUDGE_CASES[kind]
  const { printCondition } = grammarOf(kind)
  const written = cases.rows.flatMap((row) => caseOf(cases, row).config.conditions.map(printCondition))
  // A step's answer is judged by the judge of http.
  return kind === 'steps' ? [...written, ...askedOf('http')] : written
}

/** Tests of the Observatory, all judged in one way: what each says is compared with the package itself (tests/peers). */
const isTest = (kind: Kind, subject: string) =>
  kind === 'headers' && subject !== 'grade' && subject !== 'score'

// The tables of what is no data, and the mutated judges, try what these examples ask: a condition without one would be tried by none.
describe('every condition that can be written', () => {
  it.each(KINDS)('of %s has an example that asks for it', (kind) => {
    const asked = askedOf(kind)
    const missing = grammarOf(kind).subjects.filter(
      (subject) => !isTest(kind, subject) && !asked.some((text) => text.split(/[ "]/)[0] === subject),
    )
    expect(missing).toEqual([])
  })
})
