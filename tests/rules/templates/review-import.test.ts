import { describe, expect, it } from 'vitest'
import { documentKind } from '#lib/templates/document-kind.ts'
import type { Edit } from '#lib/templates/edits.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { reviewImport } from '#lib/templates/review-import.ts'

const SOURCE = `# Web

Some words.

## Pre-Deployment
- [ ] Tests pass <!-- item: optional -->
- a bullet

## Smoke
- [ ] Loads
`
const review = (edits: Edit[] = [], source = SOURCE) => reviewImport({ source, edits, earlier: null })

describe('the review of an import', () => {
  it('says what was found, where, and what stays text', () => {
    const found = review()
    expect(found).toMatchObject({ kind: 'checklist', title: 'Web', source: null, changes: [], blocked: null })
    expect(found.items.map(({ at, line, said, required }) => ({ at, line, said, required }))).toEqual([
      { at: 6, line: 6, said: ['required'], required: false },
      { at: 10, line: 10, said: [], required: true },
    ])
    expect(found.sections.map(({ at, stage, was, stageFrom }) => [at, stage, was, stageFrom])).toEqual([
      [5, 'prepare', 'prepare', 'heading'],
      [9, 'verify', 'verify', 'heading'],
    ])
    expect(found.keptAsText).toEqual([
      { line: 3, at: 3, text: 'Some words.', isBullet: false },
      { line: 7, at: 7, text: '- a bullet', isBullet: true },
    ])
  })

  it('shows each line that the edits changed, and keeps addressing by the lines as they were', () => {
    const found = review([
      { kind: 'make-item', line: 7 },
      { kind: 'item', line: 7, set: { role: 'QA' } },
      { kind: 'stage', line: 9, stage: 'deploy' },
      { kind: 'item', line: 10, set: { role: '"' } },
    ])
    expect(found.changes).toEqual([
      { at: 7, line: 7, before: '- a bullet', after: '- [ ] a bullet <!-- item: role=QA -->' },
      { at: 9, line: 9, before: '## Smoke', after: '## Smoke <!-- stage: deploy -->' },
    ])
    expect(found.refused.map(({ edit, message }) => [edit.line, message])).toEqual([
      [10, expect.stringContaining('cannot be written down')],
    ])
    expect(found.items.map(({ at, ownerRole, stage }) => [at, ownerRole, stage])).toEqual([
      [6, null, 'prepare'],
      [7, 'QA', 'prepare'],
      [10, null, 'deploy'],
    ])
    expect(found.sections[1]).toMatchObject({ stage: 'deploy', was: 'verify' })
    expect(parseTemplate(found.source ?? '').items).toHaveLength(3)
  })

  it('says both lines where a comment needed one of its own', () => {
    const source = '- [ ] a\n- Box\n  - [ ] b\n'
    const found = review([{ kind: 'stage', line: 2, stage: 'verify' }], source)
    expect(found.items.map(({ at, line }) => [at, line])).toEqual([
      [1, 1],
      [3, 4],
    ])
    expect(found.changes).toEqual([{ at: 0, line: 3, before: '', after: '  <!-- stage: verify -->' }])
  })

  it('keeps the lines apart where a whole line is put before an item', () => {
    const found = review([{ kind: 'stage', line: 1, stage: 'verify' }], '- [ ] a\n- [ ] b\n')
    expect(found.source).toBe('<!-- stage: verify -->\n- [ ] a\n- [ ] b\n')
    expect(found.items.map(({ at, line }) => [at, line])).toEqual([
      [1, 2],
      [2, 3],
    ])
  })

  it('says what keeps it from being published', () => {
    expect(review([], 'words\n')).toMatchObject({
      kind: 'prose',
      blocked: expect.stringContaining('no item'),
    })
    expect(review([], '- [ ] a <!-- item: grade=gold -->').problems).toHaveLength(1)
  })

  it('offers the list that stands in a fence, until it is taken out', () => {
    const source = 'Copy this:\n\n```markdown\n- [ ] a\n- [ ] b\n```\n'
    expect(review([], source)).toMatchObject({ items: [], fences: [{ at: 3, tasks: 2 }] })
    expect(review([{ kind: 'unwrap', line: 3 }], source)).toMatchObject({
      items: [{ at: 4 }, { at: 5 }],
      fences: [],
    })
  })

  it('asks which items go on: what is reworded or moved, beside its earlier words', () => {
    const earlier = parseTemplate(
      '## A\n- [ ] Database backup completed\n- [ ] Tests pass\n- [ ] Old thing\n',
    )
    const found = reviewImport({
      source: '## A\n- [ ] Tests pass\n- [ ] Database backup is completed and checked\n- [ ] Zebra\n',
      edits: [],
      earlier: { number: 4, model: earlier },
    }).identity
    expect(found).toMatchObject({ basedOn: 4, certain: 1 })
    expect(found?.asked).toMatchObject([
      { at: 3, how: 'reworded', earlier: { text: 'Database backup completed', path: ['A'] } },
    ])
    expect(found?.added.map(({ text }) => text)).toEqual(['Zebra'])
    expect(found?.gone.map(({ text }) => text)).toEqual(['Old thing'])
  })
})

it.each(['\u0000', '\ud800'])('says where a character stands that is no text (%j)', (odd) => {
  const { blocked, problems } = reviewImport({
    source: `# A\n- [ ] a${odd}b\n`,
    edits: [],
    earlier: null,
  })
  expect(blocked).toContain('Line 2, column 8')
  expect(problems).toHaveLength(1)
})

describe('what a text without items is', () => {
  it.each([
    ['', 'empty'],
    ['\uFEFF \r\n\t', 'empty'],
    ['a\u0000b', 'binary'],
    [`PK${'\u0003\u0004'.repeat(40)}`, 'binary'],
    ['<!DOCTYPE html>\n<html><body>x</body></html>', 'html'],
    ['<div class="x">words</div>', 'html'],
    ['{"a": [1, 2]}', 'code'],
    ['#!/bin/sh\necho hi', 'code'],
    ["import x from 'y'\n\nexport function f() {\n  return x(1)\n}\n", 'code'],
    ['# README\n\nThis is a thing.\n\n- does this\n- does that\n', 'prose'],
    ['{ not json', 'prose'],
    ['- [ ] a', 'checklist'],
  ])('%j: %s', (source, kind) => {
    expect(documentKind({ source, model: parseTemplate(source) })).toBe(kind)
  })
})
