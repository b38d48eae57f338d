import { describe, expect, it } from 'vitest'
import { afterAct, boxAct, needsText } from '#lib/runs/optimistic.ts'
import { itemView } from '#tests/support/item-view.ts'

const ana = { memberId: 'a', name: 'Ana' }

describe('an act before the answer', () => {
  it('shows a tick as a claim of the viewer, with the words', () => {
    const after = afterAct(itemView(), { act: 'tick', text: 'saw it' }, ana)
    expect(after).toMatchObject({
      state: 'passed',
      grade: 'claimed',
      by: ana,
      line: { text: 'Ana, just now · “saw it”' },
    })
  })

  it('keeps the version, so that the server’s answer always wins', () => {
    expect(afterAct(itemView({ version: 3 }), { act: 'tick', text: null }, ana).version).toBe(3)
  })

  it('lifts only a claim by a witness', () => {
    const claimed = itemView({ state: 'passed', grade: 'claimed' })
    expect(afterAct(claimed, { act: 'witness', text: null }, ana).grade).toBe('witnessed')
    const observed = itemView({ state: 'passed', grade: 'observed' })
    expect(afterAct(observed, { act: 'witness', text: null }, ana).grade).toBe('observed')
  })

  it('changes nothing of the item by a note', () => {
    const item = itemView()
    expect(afterAct(item, { act: 'note', text: 'x' }, ana)).toBe(item)
  })
})

describe('the box', () => {
  it('ticks what is open or failed and takes marks off what is settled', () => {
    expect(boxAct(itemView())).toBe('tick')
    expect(boxAct(itemView({ state: 'failed' }))).toBe('tick')
    expect(boxAct(itemView({ state: 'passed' }))).toBe('untick')
    expect(boxAct(itemView({ state: 'not_applicable' }))).toBe('untick')
  })

  it('ticks again what is too old, where that is allowed', () => {
    expect(boxAct(itemView({ state: 'passed', tooOld: true, can: { tick: true } }))).toBe('tick')
    expect(boxAct(itemView({ state: 'passed', tooOld: true }))).toBe('untick')
  })
})

describe('words that an act needs', () => {
  it('asks as the item says for ticks, always for fail, n/a and notes, never for witnesses', () => {
    expect(needsText(itemView(), 'tick')).toBe(false)
    expect(needsText(itemView({ tickNeedsNote: true }), 'tick')).toBe(true)
    expect(needsText(itemView({ untickNeedsReason: true }), 'untick')).toBe(true)
    expect(['fail', 'notApplicable', 'note'].map((act) => needsText(itemView(), act as 'fail'))).toEqual([
      true,
      true,
      true,
    ])
    expect(needsText(itemView(), 'witness')).toBe(false)
  })
})
