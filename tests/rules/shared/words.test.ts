import { describe, expect, it } from 'vitest'
import { capitalised, counted, DECISION_WORDS, ITEM_STATE_WORDS, RUN_STATE_WORDS } from '#lib/shared/words.ts'

describe('words on screen', () => {
  it('shows no code with an underscore', () => {
    const words = [DECISION_WORDS, ITEM_STATE_WORDS, RUN_STATE_WORDS].flatMap((table) => Object.values(table))
    expect(words.filter((word) => word.includes('_'))).toEqual([])
  })

  it('capitalises all but n/a', () => {
    expect(capitalised('rolling back')).toBe('Rolling back')
    expect(capitalised('n/a')).toBe('n/a')
  })

  it('counts', () => {
    expect(counted({ count: 1, one: 'item' })).toBe('1 item')
    expect(counted({ count: 0, one: 'item' })).toBe('0 items')
    expect(counted({ count: 2, one: 'entry', many: 'entries' })).toBe('2 entries')
  })
})
