import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { describe, expect, it } from 'vitest'
import { exportRun } from '#lib/templates/export.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { decodeSource, encodeSource } from '#lib/templates/source-bytes.ts'

/** What checklists are made of, and what could confuse a reader of them. */
const PIECES = [
  ...[
    '- [ ] ',
    '* [x] ',
    '+ ',
    '1. ',
    '- ',
    '> ',
    '# ',
    '## [ ] ',
    '### ',
    '**',
    '__',
    '`',
    '```',
    '```bash\n',
    '~~~',
  ],
  ...[
    '<!-- ',
    ' -->',
    '<!-- probe: http ',
    '<!-- item: ',
    'role=A',
    'scope="',
    '<!-- slot: ',
    '<!-- stage: verify -->',
  ],
  ...[
    '| ',
    ' |',
    '|-|-|\n',
    'Role',
    'Name',
    'Date',
    'Signature',
    '☐ ',
    '✅ ',
    '⬜',
    '____',
    ': ',
    '---\n',
    '===\n',
  ],
  ...[
    '\n',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '    ',
    '  ',
    '\t',
    '\uFEFF',
    'text',
    'Rollback triggers',
    '(if x)',
    '5%',
    '<b>',
    '[',
  ],
]
const markdown = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { maxLength: 60 })
  .map((parts) => parts.join(''))
const anyText = fc.oneof(markdown, fc.string({ unit: 'binary', maxLength: 200 }))

/** Counts with the bare parser what GFM calls a task list item. */
function countTasks(text: string): number {
  let count = 0
  const stack: unknown[] = [
    fromMarkdown(text, { extensions: [gfmTaskListItem()], mdastExtensions: [gfmTaskListItemFromMarkdown()] }),
  ]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node !== 'object' || node === null) continue
    if ('checked' in node && typeof node.checked === 'boolean') count++
    if ('children' in node && Array.isArray(node.children)) stack.push(...node.children)
  }
  return count
}

describe('any text at all', { timeout: 60_000 }, () => {
  it('is read without a crash and given back as it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const model = parseTemplate(text)
        expect(exportRun({ source: text, model, items: {}, slots: [] })).toBe(text)
        expect(JSON.parse(JSON.stringify(model))).toEqual(model)
      }),
      { numRuns: 250 },
    )
  })

  it('gives items whose boxes are where the model says, with keys of their own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { items } = parseTemplate(text)
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
        for (const { place, form } of items) {
          const box = text.slice(place.boxStart, place.boxEnd)
          if (form === 'task') expect(box).toMatch(/^\[(?:[ xX\t]|\r\n|\r|\n)\]$/)
          else expect(box).toMatch(/^(?:\[[ xX]?\]|[☐⬜□▢☑☒✅✔]\uFE0F?)$/u)
        }
      }),
      { numRuns: 250 },
    )
  })

  it('has as many task items as the bare parser counts, where nothing of ours comes in between', () => {
    const plain = markdown.filter((text) => !/^\uFEFF?---|\|/.test(text))
    fc.assert(
      fc.property(plain, (text) => {
        const model = parseTemplate(text)
        expect(model.items.filter(({ form }) => form === 'task')).toHaveLength(countTasks(text))
      }),
      { numRuns: 200 },
    )
  })

  it('has as many where the text is long enough to be read in pieces', () => {
    const piece = fc.constantFrom(...PIECES.filter((text) => !/[|\uFEFF]|---/.test(text)), 'text\n', '\n\n')
    const long = fc
      .array(piece, { minLength: 60, maxLength: 200 })
      .map((parts) => parts.join('').repeat(60).slice(0, 40_000))
    fc.assert(
      fc.property(long, (text) => {
        const model = parseTemplate(text)
        if (model.problems.some(({ message }) => message.startsWith('more than'))) return
        expect(model.items.filter(({ form }) => form === 'task')).toHaveLength(countTasks(text))
      }),
      { numRuns: 15 },
    )
  })

  it('turns every box of a task list and turns it back', () => {
    fc.assert(
      fc.property(markdown, (source) => {
        const model = parseTemplate(source)
        const tasks = model.items.filter(({ form }) => form === 'task')
        const turn = (items: typeof tasks) =>
          new Map(items.map(({ key, checkedInSource }) => [key, { checked: !checkedInSource, lines: [] }]))
        const turned = exportRun({ source, model, items: turn(tasks), slots: [] })
        const again = parseTemplate(turned).items.filter(({ form }) => form === 'task')
        expect(again.map(({ checkedInSource }) => checkedInSource)).toEqual(
          tasks.map(({ checkedInSource }) => !checkedInSource),
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('any bytes', () => {
  it('come back from text as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(encodeSource(decodeSource(bytes))).toEqual(bytes)
      }),
    )
    const mark = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)
    expect(decodeSource(mark)).toEqual({ text: '\uFEFFa', encoding: 'utf-8' })
    expect(encodeSource({ text: 'ÿ✓', encoding: 'latin1' })).toEqual(new TextEncoder().encode('ÿ✓'))
  })
})
