import { describe, expect, it } from 'vitest'
import { unstorableField } from '#lib/door/storable.ts'

describe('what the door takes as text', () => {
  it.each([
    [{ note: 'a', tags: ['b', 1, null, true] }, null],
    [{ note: 'a\u0000b' }, 'note'],
    [{ facts: [{ reason: 'a' }, { reason: '\u0000' }] }, 'facts.1.reason'],
    [{ name: 'half \ud800' }, 'name'],
    [{ name: '🚀' }, null],
    [{ source: '- [ ] a\u0000' }, null],
  ])('%j', (input, field) => {
    expect(unstorableField(input)).toBe(field)
  })
})
