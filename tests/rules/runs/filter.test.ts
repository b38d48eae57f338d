import { describe, expect, it } from 'vitest'
import {
  filterQuery,
  isFiltering,
  isMine,
  isShown,
  NO_FILTER,
  readFilter,
  shownCounts,
} from '#lib/runs/filter.ts'
import { itemView } from '#tests/support/item-view.ts'

describe('the filter in the address', () => {
  it('comes back as it went, and is nothing when nothing is asked', () => {
    const filter = { shown: 'failing', section: 'code quality', text: 'a & b' } as const
    expect(readFilter(new URLSearchParams(filterQuery(filter)))).toEqual(filter)
    expect(filterQuery(NO_FILTER)).toBe('')
    expect(isFiltering(NO_FILTER)).toBe(false)
  })

  it('takes an unknown choice for all', () => {
    expect(readFilter(new URLSearchParams('show=everything')).shown).toBe('all')
  })
})

describe('what is shown', () => {
  it('finds words in text, notes, commands and evidence, in any order and case', () => {
    const item = itemView({
      text: 'Database backup',
      notes: [{ by: { memberId: 'a', name: 'Ana' }, at: 0, text: 'on S3' }],
    })
    expect(isShown(item, { ...NO_FILTER, text: 's3 BACKUP' })).toBe(true)
    expect(isShown(item, { ...NO_FILTER, text: 'backup tape' })).toBe(false)
  })

  it('is mine when it is open and I can do something about it now', () => {
    expect(isMine(itemView({ can: { tick: true } }))).toBe(true)
    expect(isMine(itemView())).toBe(false)
    expect(isMine(itemView({ state: 'passed', can: { untick: true } }))).toBe(false)
    expect(isMine(itemView({ state: 'passed', tooOld: true, can: { tick: true } }))).toBe(true)
  })

  it('counts each choice', () => {
    const items = [itemView(), itemView({ state: 'failed' }), itemView({ state: 'passed' })]
    expect(shownCounts({ items })).toEqual({ all: 3, mine: 0, open: 2, failing: 1 })
  })
})
