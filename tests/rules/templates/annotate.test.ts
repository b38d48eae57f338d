import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Annotated, annotate } from '#lib/templates/annotate.ts'
import type { Edit, ItemPatch } from '#lib/templates/edits.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { createSource, lineCount, lineText } from '#lib/templates/source.ts'
import { decodeSource } from '#lib/templates/source-bytes.ts'

const PROBE = `http $\{BASE_URL}/health/ expect status == 200`

/** The source after edits that must all be taken. */
function edited(source: string, ...edits: Edit[]): string {
  const result = annotate(source, edits)
  expect(result.refused).toEqual([])
  return result.source
}
const set = (source: string, line: number, patch: ItemPatch) =>
  edited(source, { kind: 'item', line, set: patch })

describe('setting and clearing at an item', () => {
  it.each<[string, number, ItemPatch, string]>([
    ['- [ ] a\n- [ ] b\n', 1, { role: 'DevOps' }, '- [ ] a <!-- item: role=DevOps -->\n- [ ] b\n'],
    ['* [x] a', 1, { role: 'Release manager' }, '* [x] a <!-- item: role="Release manager" -->'],
    ['- [ ] a\r\n- [ ] b\r\n', 2, { required: false }, '- [ ] a\r\n- [ ] b <!-- item: optional -->\r\n'],
    ['\uFEFF- [ ] a', 1, { note: true, shelf: '24h' }, '\uFEFF- [ ] a <!-- item: shelf=24h note -->'],
    ['- [ ] a  \n  b\n', 1, { id: 'x' }, '- [ ] a  \n  b <!-- item: id=x -->\n'],
    ['> 1. [ ] a  \n', 1, { grade: 'witnessed' }, '> 1. [ ] a <!-- item: grade=witnessed -->  \n'],
    ['## [ ] a ##\n', 1, { stage: 'verify' }, '## [ ] a <!-- item: stage=verify --> ##\n'],
    ['☐ a\n☐ b', 1, { tags: ['CC8.1', 'CC7.2'] }, '☐ a <!-- item: tags=CC8.1,CC7.2 -->\n☐ b'],
    [
      '| Check | Done |\n|---|---|\n| a | ☐ |\n',
      3,
      { role: 'QA' },
      '| Check | Done |\n|---|---|\n| a <!-- item: role=QA --> | ☐ |\n',
    ],
    ['- [ ] a\n', 1, { probe: PROBE }, `- [ ] a <!-- probe: ${PROBE} -->\n`],
    [
      '- [ ] a <!--  item:  role=A   note -->\n',
      1,
      { role: 'B' },
      '- [ ] a <!--  item:  role=B   note -->\n',
    ],
    ['- [ ] a <!--item:note-->\n', 1, { role: 'B' }, '- [ ] a <!--item:note role=B -->\n'],
    [
      '- [ ] a\n  <!-- item: optional note -->\n',
      1,
      { required: true },
      '- [ ] a\n  <!-- item: required note -->\n',
    ],
    [
      '- [ ] a\n  <!-- item: optional\n       note -->\n',
      1,
      { note: null },
      '- [ ] a\n  <!-- item: optional -->\n',
    ],
    ['- [ ] a\n  <!-- item: optional -->\n- [ ] b', 1, { required: null }, '- [ ] a\n- [ ] b'],
    ['- [ ] a <!-- item: role=A --> <!-- item: role=B -->', 1, { role: null }, '- [ ] a'],
    [
      '- [ ] a <!-- item: role=A --> <!-- item: role=B -->',
      1,
      { role: 'C' },
      '- [ ] a <!-- item: role=A --> <!-- item: role=C -->',
    ],
    [
      `- [ ] a <!-- probe:  ${PROBE}  -->`,
      1,
      { probe: `${PROBE}, time < 2s` },
      `- [ ] a <!-- probe:  ${PROBE}, time < 2s  -->`,
    ],
    [`- [ ] a <!-- probe: ${PROBE} -->`, 1, { probe: null, note: true }, '- [ ] a <!-- item: note -->'],
    ['- [ ] `a\n  b`\n', 1, { note: true }, '- [ ] `a\n  b` <!-- item: note -->\n'],
    ['- [ ] `a\n\n\n', 1, { note: true }, '- [ ] `a <!-- item: note -->\n\n\n'],
  ])('%j, line %i, %j', (source, line, patch, wanted) => {
    expect(set(source, line, patch)).toBe(wanted)
  })

  it.each<[string, number, ItemPatch, string]>([
    ['- [ ] a', 1, { role: 'a"b' }, 'cannot be written down'],
    ['- [ ] a', 1, { role: 'a-->b' }, 'Two hyphens'],
    ['- [ ] a', 1, { probe: 'http /x' }, 'This is no probe'],
    ['- [ ] a', 1, { id: 'x y' }, 'letters, digits'],
    ['- [ ] a <!-- item: id=x -->\n- [ ] b', 2, { id: 'x' }, 'taken'],
    ['| Check | Done |\n|---|---|\n| a | ☐ |\n', 3, { role: 'A|B' }, '“|”'],
    ['text', 1, { note: true }, 'No item'],
  ])('refuses %j, line %i, %j in words', (source, line, patch, message) => {
    const result = annotate(source, [{ kind: 'item', line, set: patch }])
    expect(result.source).toBe(source)
    expect(result.refused).toHaveLength(1)
    expect(result.refused[0]?.message).toContain(message)
  })

  it('writes what goes and refuses what does not, in one list', () => {
    const source = '- [ ] a\n- [ ] b\n- [ ] c\n'
    const edits: Edit[] = [1, 2, 3].map((line) => ({
      kind: 'item',
      line,
      set: { role: line === 2 ? '"' : 'X' },
    }))
    const result = annotate(source, edits)
    expect(result.source).toBe('- [ ] a <!-- item: role=X -->\n- [ ] b\n- [ ] c <!-- item: role=X -->\n')
    expect(result.refused.map(({ edit }) => edit.line)).toEqual([2])
  })
})

describe('the stage of a section', () => {
  it.each<[string, number, 'verify' | null, string]>([
    ['# T\n## A\n- [ ] a', 2, 'verify', '# T\n## A <!-- stage: verify -->\n- [ ] a'],
    ['# T\n## A ##\n- [ ] a', 2, 'verify', '# T\n## A <!-- stage: verify --> ##\n- [ ] a'],
    ['Head\n----\n- [ ] a', 1, 'verify', 'Head <!-- stage: verify -->\n----\n- [ ] a'],
    ['**A**\n\n- [ ] a', 1, 'verify', '**A** <!-- stage: verify -->\n\n- [ ] a'],
    ['- A\n  - [ ] a', 1, 'verify', '- A\n  <!-- stage: verify -->\n  - [ ] a'],
    ['- [ ] a\n', 1, 'verify', '<!-- stage: verify -->\n- [ ] a\n'],
    ['## A\n\n<!--stage:  deploy -->\n- [ ] a', 1, 'verify', '## A\n\n<!--stage:  verify -->\n- [ ] a'],
    ['## A\n<!-- stage: deploy -->\n- [ ] a', 1, null, '## A\n- [ ] a'],
  ])('%j, line %i, %s', (source, line, stage, wanted) => {
    expect(edited(source, { kind: 'stage', line, stage })).toBe(wanted)
  })
})

describe('text and items', () => {
  it.each<[string, Edit['kind'], number, string]>([
    ['- [ ] a\n- [ ] b', 'make-text', 1, '- a\n- [ ] b'],
    [
      '- [ ] a <!-- item: note -->\n  <!-- probe: http http://h/ expect status == 200 -->\n- [ ] b',
      'make-text',
      1,
      '- a\n- [ ] b',
    ],
    ['## [ ] a\n- [ ] b', 'make-text', 1, '## a\n- [ ] b'],
    ['☐ a\n☐ b', 'make-text', 1, 'a\n☐ b'],
    ['| A | B |\n|-|-|\n| a | ☐ |\n| b | ☐ |', 'make-text', 3, '| A | B |\n|-|-|\n| a |   |\n| b | ☐ |'],
    ['- a\n- b', 'make-item', 2, '- a\n- [ ] b'],
    ['1) a\n2) b', 'make-item', 1, '1) [ ] a\n2) b'],
    ['> a\n', 'make-item', 1, '> - [ ] a\n'],
    ['a\nb\n', 'make-item', 1, '☐ a\nb\n'],
    ['# T\n\na\n', 'make-item', 3, '# T\n\n- [ ] a\n'],
    ['# T\n```markdown\n- [ ] a\n```\nend', 'unwrap', 2, '# T\n- [ ] a\nend'],
    ['~~~~\r\n- [ ] a\r\n~~~\r\n~~~~', 'unwrap', 1, '- [ ] a\r\n~~~'],
  ])('%j, %s on line %i', (source, kind, line, wanted) => {
    expect(edited(source, { kind, line } as Edit)).toBe(wanted)
  })

  it.each<[string, Edit['kind'], number, string]>([
    ['☐ a\n✅ b', 'make-text', 1, 'Other lines'],
    ['```\na\n```', 'make-item', 2, 'would not be read'],
    ['| a | b |\n|-|-|\n| c | d |', 'make-item', 3, 'column of boxes'],
    ['- [ ] a', 'make-item', 1, 'already'],
    ['a', 'make-text', 1, 'No item'],
    ['a', 'unwrap', 1, 'No fence'],
  ])('refuses %j, %s on line %i', (source, kind, line, message) => {
    const { refused, source: after } = annotate(source, [{ kind, line } as Edit])
    expect(after).toBe(source)
    expect(refused[0]?.message).toContain(message)
  })

  it('tells a new item its role, and one out of a fence, all by the lines that they had', () => {
    const source = '# T\n```\n- [ ] a\n```\n\n- b\n'
    const result = annotate(source, [
      { kind: 'item', line: 3, set: { role: 'A' } },
      { kind: 'item', line: 6, set: { role: 'B' } },
      { kind: 'make-item', line: 6 },
      { kind: 'unwrap', line: 2 },
    ])
    expect(result.refused).toEqual([])
    expect(result.source).toBe('# T\n- [ ] a <!-- item: role=A -->\n\n- [ ] b <!-- item: role=B -->\n')
    expect(result.lines.slice(0, 6)).toEqual([1, null, 2, null, 3, 4])
  })
})

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = process.env.CORPUS_DIR ?? resolve(root, '../shared/corpus')
const corpus = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => ({ file, text: decodeSource(readFileSync(resolve(folder, file))).text }))
  : []

/** Everything but the places of a model, items apart. */
const restOf = (source: string) => {
  const { items, roles, triggers, sections, steps, keptAsText, problems, ...rest } = parseTemplate(source)
  return JSON.stringify([
    rest,
    // A comment on a line of its own moves what stands below it.
    problems.map(({ message }) => message),
    roles.map(({ role }) => role),
    triggers.map(({ text }) => text),
    keptAsText.map(({ text }) => text),
    sections.map(({ key, stage }) => [key, stage]),
    steps.map(({ commands }) => commands),
  ])
}
const itemsOf = (source: string) =>
  parseTemplate(source).items.map(({ place, line, ordinal, ...item }) => item)

/** Lines that are not what they were; each is the old one with one thing put in. */
function changedLines(before: string, { source, lines }: Pick<Annotated, 'source' | 'lines'>): number {
  const one = createSource(before)
  const other = createSource(source)
  let changed = 0
  for (let line = 1; line <= lineCount(one); line++) {
    const text = lineText(one, line)
    const now = lineText(other, lines[line - 1] ?? 0)
    if (now === text) continue
    changed++
    let same = 0
    while (same < text.length && now.charAt(same) === text.charAt(same)) same++
    expect(now.endsWith(text.slice(same))).toBe(true)
  }
  return changed
}

describe('checklists of other teams', { timeout: 60_000 }, () => {
  for (const { file, text } of corpus) {
    it(`${file}: every item and section takes settings, gives them back, and nothing else moves`, () => {
      const { items, sections } = parseTemplate(text)
      const patch = { role: 'Dev Ops', grade: 'witnessed', required: false } as const
      const edits: Edit[] = items.map(({ line }) => ({ kind: 'item', line, set: patch }))
      const result = annotate(text, edits)
      expect(result.refused).toEqual([])
      expect(itemsOf(result.source)).toEqual(
        itemsOf(text).map((item) => ({
          ...item,
          ownerRole: 'Dev Ops',
          minGrade: 'witnessed',
          required: false,
        })),
      )
      expect(restOf(result.source)).toBe(restOf(text))
      expect(lineCount(createSource(result.source))).toBe(lineCount(createSource(text)))
      expect(changedLines(text, result)).toBe(items.length)
      const cleared = parseTemplate(result.source).items.map(
        ({ line }): Edit => ({ kind: 'item', line, set: { role: null, grade: null, required: null } }),
      )
      expect(annotate(result.source, cleared).source).toBe(text)
      const stages = sections.map(({ line }): Edit => ({ kind: 'stage', line, stage: 'verify' }))
      const staged = annotate(text, stages)
      expect(staged.refused).toEqual([])
      expect(staged.model.sections.every(({ stage }) => stage === 'verify')).toBe(true)
    })
  }
})

describe('documents of any making', { timeout: 60_000 }, () => {
  const word = fc.constantFrom(
    'a',
    'b `c',
    'd`',
    '**e**',
    'f | g',
    '\\',
    '<!-- h -->',
    'i  ',
    'Rollback',
    '(if x)',
    '☐',
    '`<!--`',
  )
  const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '))
  const opening = fc.constantFrom(
    '- [ ] ',
    '* [x] ',
    '1. [ ] ',
    '  - [ ] ',
    '> - [ ] ',
    '## ',
    '## [ ] ',
    '☐ ',
    '- ',
    '',
    '\t',
    '    ',
    '| ',
    '```',
    '<!-- item: note -->',
    '  <!-- stage: verify -->',
  )
  const line = fc
    .tuple(opening, words, fc.constantFrom('', '', ' |', '  ', ' ##', ' <!-- item: role=A -->'))
    .map((parts) => parts.join(''))
  const table = fc.constant('| A | B |\n|-|-|\n| a | ☐ |\n| ✅ | c |')
  const eol = fc.constantFrom('\n', '\r\n', '\n\n', '\r')
  const markdown = fc
    .array(fc.tuple(fc.oneof({ weight: 9, arbitrary: line }, { weight: 1, arbitrary: table }), eol), {
      maxLength: 14,
    })
    .map((lines) => lines.map((parts) => parts.join('')).join(''))

  it.each(['- ☐ <!-- item: role=A -->\n', '- [ ] <!-- item: role=A -->\n'])(
    'an item without words becomes text or is refused, and nothing is thrown: %j',
    (source) => {
      const { refused, source: written } = annotate(source, [{ kind: 'make-text', line: 1 }])
      expect(refused.length > 0 || itemsOf(written).length === 0).toBe(true)
    },
  )

  it('differ in what was asked alone, or say why not', () => {
    let written = 0
    let refusals = 0
    fc.assert(
      fc.property(markdown, fc.nat(), fc.constantFrom('role', 'stage', 'text'), (source, pick, what) => {
        const { items } = parseTemplate(source)
        const item = items[pick % Math.max(1, items.length)]
        if (item === undefined) return
        const edit: Edit =
          what === 'text'
            ? { kind: 'make-text', line: item.line }
            : {
                kind: 'item',
                line: item.line,
                set: what === 'role' ? { role: 'Dev Ops' } : { stage: 'rollback' },
              }
        const result = annotate(source, [edit])
        if (result.refused.length > 0) {
          refusals++
          expect(result.source).toBe(source)
          return
        }
        written++
        const now = itemsOf(result.source)
        if (what === 'text') {
          expect(now.map(({ text }) => text)).toEqual(
            items.filter((one) => one !== item).map(({ text }) => text),
          )
          return
        }
        const wanted = itemsOf(source)
        const target = wanted[items.indexOf(item)]
        if (target !== undefined)
          Object.assign(target, what === 'role' ? { ownerRole: 'Dev Ops' } : { stage: 'rollback' })
        expect(now).toEqual(wanted)
        expect(restOf(result.source)).toBe(restOf(source))
      }),
      { numRuns: 600 },
    )
    // Nearly all can be written; what cannot is markup that nobody means.
    expect(refusals).toBeLessThan(written / 8)
  })

  it('keep every other line when many items are edited at once', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        const { items } = parseTemplate(source)
        const edits: Edit[] = items.map(({ line }) => ({ kind: 'item', line, set: { note: true } }))
        const result = annotate(source, edits)
        expect(changedLines(source, result)).toBeLessThanOrEqual(items.length)
      }),
      { numRuns: 200 },
    )
  })
})
