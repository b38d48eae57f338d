import { describe, expect, test } from 'vitest'
import { freeItems, identityOf, namedFor } from '#lib/templates/identity-answers.ts'

const word = (key: string) => ({ key, text: key, path: [] })
const review = {
  asked: [
    { ...word('later-1'), line: 1, at: 1, how: 'reworded' as const, score: 0.6, earlier: word('old-1') },
    { ...word('later-2'), line: 2, at: 2, how: 'reworded' as const, score: 0.6, earlier: word('old-2') },
  ],
  added: [
    { ...word('new-3'), line: 3, at: 3 },
    { ...word('new-4'), line: 4, at: 4 },
  ],
  gone: [word('gone-1')],
}
const keys = (items: { key: string }[]) => items.map(({ key }) => key)

describe('what the answers say', () => {
  test('same goes on, new begins anew, and an added item is not mentioned', () => {
    expect(identityOf(review, { 1: 'same', 2: 'new' })).toEqual({ 'later-1': 'old-1', 'later-2': null })
    expect(keys(freeItems(review, { 1: 'same', 2: 'new' }))).toEqual(['gone-1', 'old-2'])
  })

  test('an added item is paired by hand with one that is gone, which nobody else can have then', () => {
    const answers = { 1: 'same' as const, 2: 'same' as const, 3: { continues: 'gone-1' } }
    expect(identityOf(review, answers)).toMatchObject({ 'new-3': 'gone-1' })
    expect(freeItems(review, answers)).toEqual([])
    expect(identityOf(review, { ...answers, 4: { continues: 'gone-1' } })).not.toHaveProperty('new-4')
  })

  test('one that was declined for its likeness is free for another, until it is taken back', () => {
    const paired = { 1: 'new' as const, 2: 'same' as const, 4: { continues: 'old-1' } }
    expect(identityOf(review, paired)).toEqual({ 'later-1': null, 'later-2': 'old-2', 'new-4': 'old-1' })
    const back = { ...paired, 1: 'same' as const }
    expect(identityOf(review, back)).toEqual({ 'later-1': 'old-1', 'later-2': 'old-2' })
    expect(namedFor(review, { answers: back, at: 4 })).toBeNull()
  })

  test('two that were taken for each other are changed over', () => {
    const crossed = { 1: { continues: 'old-2' }, 2: { continues: 'old-1' } }
    expect(identityOf(review, crossed)).toEqual({ 'later-1': 'old-2', 'later-2': 'old-1' })
  })

  test("an item that is not there, or not yet free, is nobody's", () => {
    expect(identityOf(review, { 3: { continues: 'unknown' }, 4: { continues: 'old-1' } })).toEqual({
      'later-1': null,
      'later-2': null,
    })
  })
})
