import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignPairs, type Pair } from '#lib/templates/assign.ts'

/** Every way to pair, for few items: the best worth there is. */
function bestWorth(pairs: readonly Pair[]): number {
  const [first] = pairs
  if (!first) return 0
  const others = pairs.filter(({ left }) => left !== first.left)
  const own = pairs.filter(({ left }) => left === first.left)
  return Math.max(
    bestWorth(others),
    ...own.map(({ right, worth }) => worth + bestWorth(others.filter((pair) => pair.right !== right))),
  )
}

const pair = fc.record({ left: fc.nat(5), right: fc.nat(5), worth: fc.integer({ min: 1, max: 1_000 }) })
const pairs = fc.uniqueArray(pair, { selector: ({ left, right }) => `${left} ${right}`, maxLength: 14 })

describe('assignPairs', () => {
  it('is worth as much as the best of all ways, within one for each pair', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const assigned = assignPairs(given)
        const rights = [...assigned.values()]
        expect(new Set(rights).size).toBe(rights.length)
        const worth = [...assigned].map(
          ([left, right]) =>
            given.find((one) => one.left === left && one.right === right)?.worth ?? Number.NaN,
        )
        const sum = worth.reduce((total, one) => total + one, 0)
        expect(sum).toBeGreaterThanOrEqual(bestWorth(given) - 6)
      }),
      { numRuns: 300 },
    )
  })
})
