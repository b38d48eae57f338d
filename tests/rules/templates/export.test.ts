import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportRun } from '#lib/templates/export.ts'
import type { ExportSlot } from '#lib/templates/export-slots.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

function exported(
  source: string,
  marks: Record<string, { checked: boolean; lines?: string[] }>,
  slots: ExportSlot[] = [],
) {
  const model = parseTemplate(source)
  const items = new Map(
    model.items.flatMap(({ key, text }) => {
      const mark = marks[text]
      return mark === undefined ? [] : [[key, { checked: mark.checked, lines: mark.lines ?? [] }] as const]
    }),
  )
  return exportRun({ source, model, items, slots })
}

const ana = {
  role: 'Dev',
  name: 'Ana | Silva',
  dateUtc: '2026-11-23 14:02 UTC',
  signature: 'go · four words · password',
}

describe('the export of a run', { timeout: 60_000 }, () => {
  it('is the source where nothing was marked', () => {
    const source = '\uFEFF# T\r\n- [x] a\r\n\r\n| Role | Name | Date |\r\n|-|-|-|\r\n| Dev | | |'
    expect(exported(source, { a: { checked: true } })).toBe(source)
  })

  it('differs in the box and the evidence lines alone', () => {
    expect(
      exported('1. [ ] a\r\n   * sub\r\n- [X] b\r\n  more\r\n', {
        a: { checked: true, lines: ['status 200', 'Ana, 14:02 UTC'] },
        'b more': { checked: false, lines: ['undone'] },
      }),
    ).toBe(
      '1. [x] a\r\n   * status 200\r\n   * Ana, 14:02 UTC\r\n   * sub\r\n- [ ] b\r\n  more\r\n  - undone\r\n',
    )
  })

  it('puts evidence below the annotations, in quotes and at the end of a file without a line end', () => {
    expect(exported('> - [ ] a\n>   <!-- item: optional -->\n', { a: { checked: true, lines: ['x'] } })).toBe(
      '> - [x] a\n>   <!-- item: optional -->\n>   - x\n',
    )
    expect(exported('- [ ] a', { a: { checked: true, lines: ['x'] } })).toBe('- [x] a\n  - x')
  })

  it('marks the other forms of items in their own writing', () => {
    expect(exported('☐ a\n⬜ b\n', { a: { checked: true, lines: ['x'] }, b: { checked: true } })).toBe(
      '☑ a — x\n✅ b\n',
    )
    expect(exported('| C | D |\n|-|-|\n| a | ☐ |\n', { a: { checked: true, lines: ['x | y'] } })).toBe(
      '| C | D |\n|-|-|\n| a — x \\| y | ☑ |\n',
    )
    expect(exported('## [ ] a\n', { a: { checked: true, lines: ['x'] } })).toBe('## [x] a\n- x\n')
  })

  it('lets no evidence become an item, a comment or a block', () => {
    const lines = [
      '[ ] fake',
      '<!-- item: optional -->',
      '# big\n- [ ] second',
      '1. one',
      '> quoted',
      '☐ box',
      '```',
      '*x* _y_ max_age <5',
    ]
    const source = '- [ ] a\n- [ ] b\n'
    const model = parseTemplate(exported(source, { a: { checked: true, lines } }))
    expect(model.items.map(({ text }) => text)).toEqual(['a', 'b'])
    expect(model.problems).toEqual([])
    expect(model.items[0]?.detail).toContain('max_age <5')
  })

  it('reads back as the same items for any evidence', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 4 }), (lines) => {
        const source = '# T\n- [ ] a\n    - deep\n- [ ] b\n\n## S\n- [ ] c\n'
        const model = parseTemplate(source)
        const items = new Map(model.items.map(({ key }) => [key, { checked: true, lines }]))
        const again = parseTemplate(exportRun({ source, model, items, slots: [] }))
        expect(again.items.map(({ key, checkedInSource }) => [key, checkedInSource])).toEqual(
          model.items.map(({ key }) => [key, true]),
        )
      }),
    )
  })
})

describe('the filled sign-off table', { timeout: 60_000 }, () => {
  it('has name, date and signature in their columns', () => {
    expect(
      exported('| Signature | Role | Date | Name |\n|-|-|-|-|\n| | Dev | ____ | |\n| | QA | | |\n', {}, [
        ana,
      ]),
    ).toBe(
      '| Signature | Role | Date | Name |\n|-|-|-|-|\n| go · four words · password | Dev | 2026-11-23 14:02 UTC | Ana \\| Silva |\n| | QA | | |\n',
    )
  })

  it('keeps what has no column of its own, and fills rows that are too short', () => {
    expect(exported('| Role | Name | Date |\n|-|-|-|\n| Dev |\n', {}, [ana])).toBe(
      '| Role | Name | Date |\n|-|-|-|\n| Dev | Ana \\| Silva · go · four words · password | 2026-11-23 14:02 UTC |\n',
    )
    expect(exported('Role | Name | Date\n-|-|-\nDev | |\n', {}, [ana])).toContain(
      'Dev | Ana \\| Silva · go · four words · password | 2026-11-23',
    )
  })

  it('fills the blanks of signature lines', () => {
    expect(exported('**Dev:** _____ Date: ____\n', {}, [ana])).toBe(
      '**Dev:** Ana | Silva · go · four words · password Date: 2026-11-23 14:02 UTC\n',
    )
    expect(exported('## Sign-off\nDev: _____\n', {}, [ana])).toContain(
      'Dev: Ana | Silva · 2026-11-23 14:02 UTC · go',
    )
  })

  it('drops no decision: what has no place gets a table at the end', () => {
    expect(exported('- [ ] a', {}, [{ ...ana, name: 'Ana', signature: 'no-go: error rate' }])).toBe(
      '- [ ] a\n\n| Role | Name | Date | Signature |\n| --- | --- | --- | --- |\n| Dev | Ana | 2026-11-23 14:02 UTC | no-go: error rate |\n',
    )
  })

  it('reads back as the same roles for any words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.string({ maxLength: 30 }),
        (name, signature) => {
          const source =
            '- [ ] a\n\n| Role | Name | Date | Signature |\n|-|-|-|-|\n| Dev | | | |\n| QA | | | |\n'
          const text = exportRun({
            source,
            model: parseTemplate(source),
            items: {},
            slots: [{ ...ana, name, signature }],
          })
          const again = parseTemplate(text)
          expect(again.roles.map(({ role }) => role)).toEqual(['Dev', 'QA'])
          expect(again.items).toHaveLength(1)
        },
      ),
    )
  })
})
