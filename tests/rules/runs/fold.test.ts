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
  row.shadow('pass'),
  row.shadow('fail'),
  row.void(),
)

describe('what went back and forth', () => {
  const pass = () => row.seen('pass')
  const fail = () => row.seen('fail')

  it('is taken off by one fail, and ticked again by two passes in a row', () => {
    expect(shown(pass(), fail())).toEqual(['failed', 'unproven'])
    expect(shown(pass(), fail(), pass())).toEqual(['failed', 'unproven'])
    expect(shown(pass(), fail(), pass(), pass())).toEqual(['passed', 'observed'])
    expect(fold([pass(), fail(), pass(), pass()]).regressed).toBeNull()
  })

  it('starts its row anew with a fail and with a look that says nothing', () => {
    expect(shown(pass(), fail(), pass(), fail(), pass())).toEqual(['failed', 'unproven'])
    expect(shown(pass(), fail(), pass(), row.seen('inconclusive'), pass())).toEqual(['failed', 'unproven'])
    expect(fold([pass(), fail(), pass(), row.seen('inconclusive'), pass()]).regressed).toEqual({ passes: 1 })
  })

  it('is only what stood ticked: by a machine, or by a person', () => {
    expect(shown(fail(), pass())).toEqual(['passed', 'observed'])
    expect(shown(row.tick(), fail(), pass())).toEqual(['failed', 'unproven'])
    expect(shown(row.tick(), fail(), pass(), pass())).toEqual(['passed', 'observed'])
    // The tick came after the fail: it never stood.
    expect(shown(fail(), row.tick(), fail(), pass())).toEqual(['passed', 'observed'])
  })

  it('begins again with a corrected release', () => {
    expect(shown(pass(), fail(), row.void(), pass())).toEqual(['passed', 'observed'])
  })
})

describe('a probe in shadow', () => {
  it('changes neither state nor grade, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.array(rows, { maxLength: 8 }),
        fc.constantFrom('pass', 'fail', 'inconclusive'),
        (given, verdict) => {
          expect(shown(...given, row.shadow(verdict))).toEqual(shown(...given))
        },
      ),
    )
    expect(fold([row.shadow('fail')]).shadow).toMatchObject({ verdict: 'fail', line: 'saw fail' })
  })
})

it('lets a claim keep longer than what a machine saw', () => {
  const of = fold([row.tick(), row.seen('pass')])
  const at = (seconds: number, claimShelfSeconds?: number | null) =>
    gradeAt({ fold: of, shelfLifeSeconds: 900, claimShelfSeconds, now: NOW + seconds * 1000 })
  expect(at(900, 86_400)).toBe('observed')
  expect(at(901, 86_400)).toBe('claimed')
  expect(at(86_401, 86_400)).toBe('unproven')
  expect(at(86_401, null)).toBe('claimed')
  expect(at(901)).toBe('unproven')
})

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
      // Twice: after a regression one pass does not count yet.
      const before = itemWith([...given, row.seen('pass', { id: 'zero' }), row.seen('pass', { id: 'one' })])
      for (const more of [
        row.seen('pass', { id: 'two', at: NOW + 60_000 }),
        row.seen('inconclusive'),
        row.shadow('pass'),
        row.shadow('fail'),
        row.note(),
      ]) {
        const after = { ...before, version: before.version + 1, fold: foldOne(before.fold, more) }
        expect(entryChanged(before, after)).toBe(false)
      }
    }),
  )
})
