import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '#lib/runs/evidence.ts'
import { fold, foldOne, grade, gradeAt, stateOf } from '#lib/runs/fold.ts'
import { entryChanged } from '#lib/runs/scope.ts'
import { itemWith, NOW, row } from './builders.ts'

const shown = (...rows: Evidence[]) => [stateOf(fold(rows)), grade(fold(rows))]

describe('the state of an item', () => {
  it('follows its live evidence', () => {
    expect(shown()).toEqual(['open', 'unproven'])
    expect(shown(row.tick())).toEqual(['passed', 'claimed'])
    expect(shown(row.tick(), row.witness())).toEqual(['passed', 'witnessed'])
    expect(shown(row.tick(), row.witness(), row.untick())).toEqual(['open', 'unproven'])
    expect(shown(row.tick(), row.witness(), row.untick(), row.tick())).toEqual(['passed', 'claimed'])
    expect(shown(row.fail(), row.tick())).toEqual(['passed', 'claimed'])
    expect(shown(row.tick(), row.fail())).toEqual(['failed', 'unproven'])
    expect(shown(row.notApplicable(), row.verify())).toEqual(['not_applicable', 'unproven'])
  })

  it('takes a machine’s word above people’s, but an inconclusive one takes nothing away', () => {
    expect(shown(row.seen('pass'))).toEqual(['passed', 'observed'])
    expect(shown(row.tick(), row.seen('fail'))).toEqual(['failed', 'unproven'])
    expect(shown(row.seen('pass'), row.seen('inconclusive'))).toEqual(['passed', 'observed'])
    expect(shown(row.tick(), row.seen('inconclusive'))).toEqual(['passed', 'claimed'])
    expect(shown(row.seen('fail'), row.seen('pass'))).toEqual(['passed', 'observed'])
    expect(shown(row.seen('pass'), row.fail())).toEqual(['failed', 'unproven'])
  })

  it('forgets what machines saw of an old release and keeps the tick', () => {
    expect(shown(row.tick(), row.seen('fail'), row.void())).toEqual(['passed', 'claimed'])
    expect(shown(row.seen('pass'), row.void())).toEqual(['open', 'unproven'])
  })

  it('lets evidence get too old for its grade and never for its state', () => {
    const rows = fold([row.tick({ at: NOW }), row.seen('pass', { at: NOW - 600_000 })])
    expect(gradeAt({ fold: rows, shelfLifeSeconds: 900, now: NOW + 200_000 })).toBe('observed')
    expect(gradeAt({ fold: rows, shelfLifeSeconds: 900, now: NOW + 600_000 })).toBe('claimed')
    expect(gradeAt({ fold: rows, shelfLifeSeconds: 900, now: NOW + 901_000 })).toBe('unproven')
    expect(stateOf(rows)).toBe('passed')
  })
})

const rows = fc.constantFrom<Evidence>(
  row.tick(),
  row.untick(),
  row.fail(),
  row.notApplicable(),
  row.verify(),
  row.witness(),
  row.note(),
  row.seen('pass'),
  row.seen('fail'),
  row.seen('inconclusive'),
  row.void(),
)

it('one more row at a time is the same as all at once, and a grade is only ever behind a passed item', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 12 }), (given) => {
      const whole = fold(given)
      expect(given.reduce(foldOne, fold([]))).toEqual(whole)
      expect(stateOf(whole) === 'passed').toBe(grade(whole) !== 'unproven')
    }),
  )
})

it('a re-probe with the same verdict and a note change nothing that a signature covers', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 8 }), (given) => {
      const before = itemWith([...given, row.seen('pass', { id: 'one' })])
      for (const more of [
        row.seen('pass', { id: 'two', at: NOW + 60_000 }),
        row.seen('inconclusive'),
        row.note(),
      ]) {
        const after = { ...before, version: before.version + 1, fold: foldOne(before.fold, more) }
        expect(entryChanged(before, after)).toBe(false)
      }
    }),
  )
})
