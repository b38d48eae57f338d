import { describe, expect, it } from 'vitest'
import { findPattern } from '#lib/probes/line-pattern.ts'

describe('an expression of a script', () => {
  it.each([
    ['^\\+OK$', { end: 10, groups: [] }],
    ['^220 (\\w+)$', { end: 5, groups: ['a'] }],
    ['a\\n(.)', { end: 8, groups: ['+'] }],
    ['^$', null],
    ['(?s)(a.*K)', { end: 10, groups: ['a+OK'] }],
  ])('%s', (pattern, found) => {
    expect(findPattern(pattern, '220 a\r\n+OK\r\nnext')).toEqual(found)
  })
})
