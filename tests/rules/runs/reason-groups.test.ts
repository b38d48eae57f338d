import { describe, expect, it } from 'vitest'
import type { ReasonView } from '#lib/runs/board.ts'
import { groupReasons } from '#lib/runs/reason-groups.ts'

const open = (key: string, own = false): ReasonView => ({
  code: 'item_open',
  text: `“${key}” is open`,
  itemKey: key,
  own,
})

describe('reasons on the board', () => {
  it('lists up to three of a kind one by one and gathers more', () => {
    expect(groupReasons([open('a'), open('b'), open('c')]).map(({ text }) => text)).toEqual([
      '“a” is open',
      '“b” is open',
      '“c” is open',
    ])
    const [group, ...rest] = groupReasons(['a', 'b', 'c', 'd'].map((key) => open(key)))
    expect(rest).toEqual([])
    expect(group).toMatchObject({ text: '4 items are open', own: false })
    expect(group?.reasons).toHaveLength(4)
  })

  it('never puts one’s own reasons among the others', () => {
    const groups = groupReasons([open('mine', true), ...['a', 'b', 'c', 'd'].map((key) => open(key))])
    expect(groups.map(({ own, text }) => [own, text])).toEqual([
      [true, '“mine” is open'],
      [false, '4 items are open'],
    ])
  })

  it('keeps each role’s reason by itself', () => {
    const slots = ['Developer', 'Reviewer', 'DevOps', 'Security'].map(
      (role): ReasonView => ({ code: 'slot_waiting', text: `${role} has not signed`, role, own: false }),
    )
    expect(groupReasons(slots)).toHaveLength(4)
  })
})
