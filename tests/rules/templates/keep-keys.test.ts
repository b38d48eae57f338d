import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepKeys } from '#lib/templates/keep-keys.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { documentOf, items } from './checklists.ts'

const keysOf = ({ items: list }: { items: { key: string }[] }) => list.map(({ key }) => key)
const keep = (input: Parameters<typeof keepKeys>[0]) => {
  const kept = keepKeys(input)
  if (!kept.ok) throw new Error(kept.refusal.message)
  return kept.value
}

describe('an item keeps its key', () => {
  it('by itself when its text stayed or moved, not when it was reworded', () => {
    const earlier = parseTemplate(
      '## A\n- [ ] One thing\n- [ ] Backup taken\n- [ ] Moves\n## B\n- [ ] Stays\n',
    )
    const model = parseTemplate(
      '## A\n- [ ] One thing\n- [ ] Backup was taken\n## B\n- [ ] Stays\n- [ ] Moves\n',
    )
    const kept = keep({ model, earlier })
    expect(kept.continued).toBe(3)
    expect(keysOf(kept.model)).toEqual([
      earlier.items[0]?.key,
      model.items[1]?.key,
      earlier.items[3]?.key,
      earlier.items[2]?.key,
    ])
  })

  it('through any words when a person says so, and not when a person says no', () => {
    const earlier = parseTemplate('- [ ] Backup taken\n- [ ] Same\n')
    const model = parseTemplate('- [ ] Snapshot made\n- [ ] Same\n')
    const [snapshot = '', same = ''] = keysOf(model)
    const identity = { [snapshot]: earlier.items[0]?.key ?? '', [same]: null }
    const kept = keep({ model, earlier, identity })
    expect(kept.continued).toBe(1)
    expect(kept.model.items[0]?.key).toBe(earlier.items[0]?.key)
    // A derived key is the same as before; the item is new all the same where a version in between has used it.
    expect(kept.model.items[1]?.key).toBe(same)
  })

  it('and takes it along into the questions', () => {
    const earlier = parseTemplate('- [ ] Notes written (if new features)\n')
    const model = parseTemplate('- [ ] Release notes written (if new features)\n')
    const [key = ''] = keysOf(earlier)
    const kept = keep({ model, earlier, identity: { [keysOf(model)[0] ?? '']: key } })
    expect(kept.model.facts.map(({ itemKeys }) => itemKeys)).toEqual([[key]])
  })

  it('also against an item whose own words would derive it', () => {
    const first = parseTemplate('- [ ] Backup taken\n')
    const [key = ''] = keysOf(first)
    const renamed = parseTemplate('- [ ] Snapshot made\n')
    const second = keep({
      model: renamed,
      earlier: first,
      identity: { [keysOf(renamed)[0] ?? '']: key },
    }).model
    const third = keep({
      model: parseTemplate('- [ ] Backup taken\n- [ ] Snapshot made\n'),
      earlier: second,
    }).model
    expect(keysOf(third)).toEqual([`${key}-2`, key])
  })

  it('refuses what cannot be: keys that are not there, two for one', () => {
    const earlier = parseTemplate('- [ ] One\n- [ ] Two\n')
    const model = parseTemplate('- [ ] One\n- [ ] Other words\n')
    const [one = '', other = ''] = keysOf(model)
    const wrong = [{ nothing: null }, { [other]: 'nothing' }, { [other]: one }, { nothing: one }]
    for (const identity of wrong) {
      const kept = keepKeys({ model, earlier, identity })
      expect(kept).toMatchObject({ ok: false, refusal: { code: 'identity_mismatch' } })
    }
    expect(keep({ model, earlier, identity: { [one]: null, [other]: one } }).continued).toBe(1)
  })

  it('whatever the two checklists are: keys stay unique, only known ones are taken over', () => {
    fc.assert(
      fc.property(documentOf(items()), documentOf(items()), (before, after) => {
        const [earlier, model] = [parseTemplate(before), parseTemplate(after)]
        const kept = keep({ model, earlier })
        const keys = keysOf(kept.model)
        expect(new Set(keys).size).toBe(keys.length)
        const known = new Set(keysOf(earlier))
        expect(keys.filter((key) => known.has(key)).length).toBeGreaterThanOrEqual(kept.continued)
        expect(kept.model.items.map(({ text }) => text)).toEqual(model.items.map(({ text }) => text))
      }),
    )
  })
})
