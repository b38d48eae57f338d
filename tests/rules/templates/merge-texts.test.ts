import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeTexts } from '#lib/templates/merge-texts.ts'

const text = (...lines: string[]) => lines.join('\n')
const base = text('one', 'two', 'three', 'four', 'five')

describe('two texts made from one', () => {
  test('what only one of them changed comes in by itself', () => {
    expect(
      mergeTexts({
        base,
        mine: text('one', 'two', 'three', 'four', 'five', 'mine'),
        theirs: text('one, theirs', 'two', 'four', 'five'),
      }),
    ).toEqual({
      mine: text('one, theirs', 'two', 'four', 'five', 'mine'),
      theirs: text('one, theirs', 'two', 'four', 'five', 'mine'),
      onlyTheirs: 2,
      onlyMine: 1,
      both: 0,
    })
  })

  test('neighbouring lines are no conflict: each is an item of its own', () => {
    const merged = mergeTexts({
      base,
      mine: text('one', 'two, mine', 'three', 'four', 'five'),
      theirs: text('one', 'two', 'three, theirs', 'four', 'five'),
    })
    expect(merged).toMatchObject({ mine: text('one', 'two, mine', 'three, theirs', 'four', 'five'), both: 0 })
  })

  test.each([
    [
      'the same line',
      text('one', 'mine', 'three', 'four', 'five'),
      text('one', 'theirs', 'three', 'four', 'five'),
    ],
    [
      'the same gap',
      text('one', 'mine', 'two', 'three', 'four', 'five'),
      text('one', 'theirs', 'two', 'three', 'four', 'five'),
    ],
    [
      'inside what they took out',
      text('one', 'two', 'mine', 'three', 'four', 'five'),
      text('one', 'four', 'five'),
    ],
  ])('both at %s: mine on one side, theirs on the other', (_where, mine, theirs) => {
    const merged = mergeTexts({ base, mine, theirs })
    expect(merged).toEqual({ mine, theirs, both: 1, onlyMine: 0, onlyTheirs: 0 })
  })

  test('what both changed alike is there once and nobody is asked', () => {
    const both = text('one', 'two', 'three', 'four', 'five', 'six')
    expect(mergeTexts({ base, mine: both, theirs: both })).toMatchObject({
      mine: both,
      theirs: both,
      both: 0,
    })
  })

  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((all) => all.join('\n'))
  test('a side that changed nothing takes the other as it is', () => {
    fc.assert(
      fc.property(lines, lines, (from, to) => {
        expect(mergeTexts({ base: from, mine: from, theirs: to })?.mine).toBe(to)
        expect(mergeTexts({ base: from, mine: to, theirs: from })?.theirs).toBe(to)
      }),
    )
  })

  test('merging again what was merged changes nothing more', () => {
    fc.assert(
      fc.property(lines, lines, lines, (from, mine, theirs) => {
        const once = mergeTexts({ base: from, mine, theirs })
        if (once?.both !== 0) return
        expect(once.mine).toBe(once.theirs)
      }),
    )
  })

  test('texts that are too far apart are left to the eye', () => {
    const far = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}`).join('\n')
    expect(mergeTexts({ base: far('a'), mine: far('b'), theirs: far('a') })).toBeNull()
  })
})
