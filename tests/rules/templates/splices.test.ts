import { describe, expect, it } from 'vitest'
import { applySplices, firstOverlap } from '#lib/templates/splices.ts'

describe('splices', () => {
  it('are applied in the order of the text, and in their own order at one offset', () => {
    const splices = [
      { start: 4, end: 5, text: 'E' },
      { start: 1, end: 1, text: '1' },
      { start: 1, end: 2, text: '2' },
    ]
    expect(applySplices('abcdef', splices)).toBe('a12cdEf')
  })

  it('may touch, and an overlap is told instead of dropped', () => {
    const first = { start: 0, end: 2, text: 'x' }
    expect(applySplices('abc', [first, { start: 2, end: 3, text: 'y' }])).toBe('xy')
    const over = [{ start: 1, end: 3, text: 'y' }, first]
    expect(firstOverlap(over)).toBe(1)
    expect(() => applySplices('abc', over)).toThrow(RangeError)
  })
})
