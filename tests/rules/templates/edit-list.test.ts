import { describe, expect, it } from 'vitest'
import {
  editsOf,
  isIdle,
  patchAt,
  plainly,
  withEdits,
  withoutEdit,
  withPatch,
  wordsOfEdit,
} from '#components/templates/import/edit-list.ts'
import { lineOwners } from '#components/templates/import/line-owners.ts'
import { partsOfChange } from '#components/templates/import/parts-of-change.ts'
import type { Edit } from '#lib/templates/edits.ts'
import { reviewImport } from '#lib/templates/review-import.ts'

const SOURCE = '## A\n- [ ] a <!-- item: role=QA -->\n  - detail\ntext\n\nmore\n'
const review = reviewImport({ source: SOURCE, edits: [], earlier: null })

describe('the list of what was changed', () => {
  it('holds one entry for each setting of a line, the later one', () => {
    const role: Edit = { kind: 'item', line: 2, set: { role: 'X' } }
    const list = withEdits(withEdits([], editsOf(2, { role: 'W', note: true })), [role])
    expect(list).toEqual([{ kind: 'item', line: 2, set: { note: true } }, role])
    expect(patchAt(list, 2)).toEqual({ note: true, role: 'X' })
    expect(patchAt(list, 3)).toBeNull()
    expect(withoutEdit(list, role)).toHaveLength(1)
    const formed = withEdits([{ kind: 'make-item', line: 4 }], [{ kind: 'make-text', line: 4 }])
    expect(formed).toEqual([{ kind: 'make-text', line: 4 }])
  })

  it('writes down what is not usual alone', () => {
    expect(plainly({ stage: 'verify', grade: 'claimed', required: true }, 'verify')).toEqual({
      stage: null,
      grade: null,
      required: null,
    })
    expect(plainly({ stage: 'deploy', required: false }, 'verify')).toEqual({
      stage: 'deploy',
      required: false,
    })
  })

  it.each<[Edit, boolean]>([
    [{ kind: 'item', line: 2, set: { role: null } }, false],
    [{ kind: 'item', line: 2, set: { grade: null } }, true],
    [{ kind: 'item', line: 2, set: { grade: 'witnessed' } }, false],
    [{ kind: 'stage', line: 1, stage: 'prepare' }, true],
    [{ kind: 'stage', line: 1, stage: 'verify' }, false],
    [{ kind: 'make-item', line: 4 }, false],
  ])('%j asks for what the file says anyway: %s', (edit, idle) => {
    expect(isIdle(edit, review)).toBe(idle)
  })

  it('shows an item as it will be before the answer is in, and says each change in words', () => {
    const [item] = review.items
    if (item === undefined) throw new Error('no item')
    expect(withPatch(item, { role: null, required: false, stage: null }, 'verify')).toMatchObject({
      ownerRole: null,
      required: false,
      stage: 'verify',
    })
    expect(wordsOfEdit({ kind: 'item', line: 2, set: { role: 'QA' } })).toBe('ticked by: QA')
    expect(wordsOfEdit({ kind: 'item', line: 2, set: { required: false } })).toBe('optional')
    expect(wordsOfEdit({ kind: 'item', line: 2, set: { probe: null } })).toBe('probe: taken away')
  })
})

describe('the two panes', () => {
  it('tell of each line what it became', () => {
    expect(lineOwners(review, 7)).toEqual([1, 2, 2, 2, 2, 6, null])
  })

  it('show what went and what came within a line', () => {
    expect(partsOfChange({ before: '- a  ', after: '- [ ] a  ' })).toEqual([
      { kind: 'same', text: '- ' },
      { kind: 'added', text: '[ ] ' },
      { kind: 'same', text: 'a  ' },
    ])
    expect(partsOfChange({ before: 'aa', after: 'a' })).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'removed', text: 'a' },
    ])
  })
})
