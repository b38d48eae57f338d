import { describe, expect, test } from 'vitest'
import { joinedWords, mergeStart } from '#components/templates/editor/merge-start.ts'

describe('what a merge begins with', () => {
  test('only what both changed is left to decide', () => {
    const start = mergeStart({
      base: 'a\nb\nc',
      mine: 'a, mine\nb\nc, mine',
      theirs: 'a\nb, theirs\nc, theirs',
    })
    expect(start.mine).toBe('a, mine\nb, theirs\nc, mine')
    expect(start.theirs).toBe('a, mine\nb, theirs\nc, theirs')
    expect(joinedWords(start, 2)).toBe(
      '1 change of theirs is in your text now, 1 change of yours stays. One place was changed by both: decide it.',
    )
  })

  test('without the text that both began with nothing is joined and nothing is lost', () => {
    const start = mergeStart({ base: null, mine: 'mine', theirs: 'theirs' })
    expect(start).toEqual({ mine: 'mine', theirs: 'theirs', joined: null })
    expect(joinedWords(start, 2)).toMatch(/^Nothing of yours is lost\. Decide each difference/)
  })
})
