import { describe, expect, it } from 'vitest'
import { findInLines, findPatterns } from '#lib/probes/find-pattern.ts'

const found = (pattern: string, text: string, isWhole = true) =>
  findPatterns([pattern], { text, isWhole }).map((one) => [one.found, one.searched])

describe('an expression', () => {
  it.each([
    ['b.d', 'abcd', true],
    ['^b', 'a\nb', false],
    ['(?m)^b', 'a\nb', true],
    ['a$', 'a\n', false],
    ['a', 'A', false],
    ['(?i)a', 'A', true],
  ])('%j in %j: %s', (pattern, text, isFound) => {
    expect(found(pattern, text)).toEqual([[isFound, text.length]])
  })

  it('is undecided in a text that was cut, unless it was found before the cut', () => {
    expect(found('b', 'abc', false)).toEqual([[true, 3]])
    expect(found('x', 'abc', false)).toEqual([[null, 3]])
    // The end of what was read is not the end of the text.
    expect(found('c$', 'abc', false)).toEqual([[null, 3]])
    expect(found('abc\\b', 'abc', false)).toEqual([[null, 3]])
  })

  it('is looked for in the first 1,048,576 characters, and in fewer the longer it is and the more there are', () => {
    const long = `${'x'.repeat(1_048_576)}end`
    expect(found('end', long)).toEqual([[null, 1_048_576]])
    expect(found('[ab]{64}c?', `${'x'.repeat(300_000)}`)).toEqual([[null, Math.floor(16_777_216 / 65)]])
    const two = findPatterns(['[ab]{32}', '[cd]{32}'], { text: 'x'.repeat(300_000), isWhole: true })
    expect(two.map(({ searched }) => searched)).toEqual([262_144, 262_144])
  })

  it('that is none is undecided', () => {
    expect(found('(', 'a')).toEqual([[null, 0]])
  })

  it('is looked for in each line of a header alone', () => {
    expect(findInLines('^two$', ['one', 'two'])).toBe(true)
    expect(findInLines('one, two', ['one', 'two'])).toBe(false)
    expect(findInLines('a', [])).toBe(false)
    expect(findInLines('(', ['a'])).toBe(null)
  })
})
