import { expect, it } from 'vitest'
import { parseCursor } from '#lib/runs/history-filters.ts'
import { parseCount } from '#lib/shared/count.ts'

it('a number in an address is digits that the database can hold', () => {
  expect(['1', '42', '2147483647'].map(parseCount)).toEqual([1, 42, 2_147_483_647])
  for (const text of ['', '0', '-1', '1.5', '1e3', ' 1', '007', '2147483648', '99999999999', '٣'])
    expect([text, parseCount(text)]).toEqual([text, null])
})

it('a cursor with a moment that no calendar holds is none', () => {
  const id = '0190a0a0-0000-7000-8000-000000000000'
  expect(parseCursor(`${Date.UTC(2026, 10, 23).toString(36)}.${id}`)).toEqual({
    openedAt: new Date('2026-11-23T00:00:00Z'),
    id,
  })
  for (const time of ['zzzzzzzzzz', 'zzzzzzzzzzzzzzzz', '-zzzzzzzzz', ''])
    expect(parseCursor(`${time}.${id}`)).toBeNull()
})
