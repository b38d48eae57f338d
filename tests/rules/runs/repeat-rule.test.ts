import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, dueKeys, REPEAT, type Repeatable } from '#lib/runs/repeat-rule.ts'
import { NOW } from './builders.ts'

const item = (more: Partial<Repeatable> = {}): Repeatable => ({
  key: 'a',
  lookedAt: NOW,
  lookId: '0193-0000',
  passesSince: null,
  shelfSeconds: 900,
  everySeconds: null,
  ...more,
})
/** Seconds after the last look. */
const due = (more: Partial<Repeatable>) => {
  const at = dueAt(item(more))
  return at === null ? null : (at - NOW) / 1000
}

describe('when a probe looks again by itself', () => {
  it.each([
    ['four fifths through its shelf life', {}, 720],
    ['a little before, so that not all come at once', { lookId: '0193-ffff' }, 648],
    ['as often as it says', { everySeconds: 300 }, 300],
    ['never later than its shelf life allows', { everySeconds: 3600 }, 720],
    ['not more often than every 20 seconds', { shelfSeconds: 21 }, 20],
    ['never where evidence keeps for the whole run', { shelfSeconds: null }, null],
    ['unless it says how often', { shelfSeconds: null, everySeconds: 600 }, 600],
    ['soon after the first pass since a regression', { passesSince: 1 }, REPEAT.confirm],
    ['as usual while there is none', { passesSince: 0 }, 720],
  ] as [string, Partial<Repeatable>, number | null][])('%s', (_, more, seconds) => {
    expect(due(more)).toBe(seconds)
  })

  it('is always inside the shelf life, from 30 seconds on', () => {
    const shelf = fc.integer({ min: 30, max: 2_592_000 })
    fc.assert(
      fc.property(shelf, fc.uuid(), (shelfSeconds, lookId) => {
        expect(due({ shelfSeconds, lookId })).toBeLessThan(shelfSeconds)
      }),
    )
  })
})

it('takes those that waited longest, a bounded number at once', () => {
  const items = Array.from({ length: 80 }, (_, index) =>
    item({ key: `k${index}`, lookedAt: NOW - index * 60_000 }),
  )
  const keys = dueKeys({ items, now: NOW })
  expect(keys).toHaveLength(REPEAT.mostAtOnce)
  expect(keys[0]).toBe('k79')
  expect(dueKeys({ items, now: NOW - 70 * 60_000 })).toEqual([])
})
