import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countIndependently } from '#lib/cli/corpus/independent-count.ts'
import { exportRun } from '#lib/templates/export.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

/** Blocks of every form that is read; lines only, so that they can be joined by any line end. */
const BLOCKS = [
  ['- [ ] plain', '  continued here', '  - sub bullet', '    - deeper'],
  ['* [x] ticked <!-- item: role=QA soak=1h -->', '+ [ ] plus'],
  ['1. [ ] numbered', '   ```bash', '   echo one', '   ```', '2. [X] second'],
  ['- parent:', '  - [ ] child', '    - [ ] grandchild'],
  ['> - [ ] quoted', '> - [x] quoted too'],
  ['☐ bare line', '☑ done line', '[ ] bracket line'],
  ['- ⬜ bullet box', '- ✅ bullet done', '- [] no blank'],
  ['## [ ] Heading with a box'],
  [
    '| # | Check | Owner | Done |',
    '|---|:-:|---|---|',
    '| 1 | Backup | Ana | ☐ |',
    '| 2 | Restore \\| test | Bo | ✅ |',
  ],
  ['| Item | Box |', '|-|-|', '| words | [ ] in the cell |'],
  ['**Bold heading:**', '```sql', 'SELECT 1;', '```', '- [ ] under bold'],
  ['## Sign-off', '', '| Rol | İsim | Tarih | İmza |', '|-|-|-|-|', '| QA | ____ | ____ | ____ |'],
  ['**Release Lead:** ______ Date: ______'],
  ['### التوقيعات', '', '**مدير:** ______ التاريخ: ______'],
  [
    '## Sign-off form',
    '- [ ] **Ops**',
    '  ```',
    '  Name: ____',
    '  Date: ____',
    '  Signature: ____',
    '  ```',
  ],
  ['## Rollback criteria', '- Error rate > 5%', '- > 10% errors'],
  ['```markdown', '- [ ] example only', '```', '<!--', '- [ ] hidden', '-->'],
  ['---', '<details>', '', '- [ ] in details', '', '</details>'],
  ['text ☐ Go ☐ No-Go', '', 'Version: 1.2', '*Last updated: May 2026*'],
]
const block = fc.constantFrom(...BLOCKS)
const eol = fc.constantFrom('\n', '\r\n')
const document = fc
  .record({
    blocks: fc.array(block, { minLength: 1, maxLength: 12 }),
    eol,
    mark: fc.boolean(),
    last: fc.boolean(),
  })
  .map(({ blocks, eol, mark, last }) => {
    const text = blocks.map((lines) => lines.join(eol)).join(eol + eol)
    return `${mark ? '\uFEFF' : ''}# مزيج 混合 Mix${eol}${eol}${text}${last ? eol : ''}`
  })
const marks = { dateUtc: '2026-11-26 12:00 UTC', signature: 'amber-falcon-kite-seven (passkey)' }

describe('a document that mixes every form', { timeout: 60_000 }, () => {
  it('reads a long row of blanks in a moment', { timeout: 5_000 }, () => {
    const model = parseTemplate(`- [ ] a${' '.repeat(200_000)}b`)
    expect(model.items.map(({ text }) => text)).toEqual(['a b'])
  })

  it('comes back byte for byte, and holds as many items as the second count', () => {
    fc.assert(
      fc.property(document, (source) => {
        const model = parseTemplate(source)
        expect(model.problems.filter(({ message }) => !message.startsWith('the id'))).toEqual([])
        expect(exportRun({ source, model, items: {}, slots: [] })).toBe(source)
        const counted = countIndependently(source)
        expect(model.items.filter(({ form }) => form === 'task')).toHaveLength(counted.tasks)
        expect(model.items).toHaveLength(counted.tasks + counted.extra)
      }),
      { numRuns: 300 },
    )
  })

  it('after one tick differs in that box and its evidence line alone', () => {
    fc.assert(
      fc.property(
        document,
        fc.nat(),
        fc.constantFrom('', 'green build', '☐ [ ] | <!-- x --> *'),
        (source, pick, note) => {
          const model = parseTemplate(source)
          const item = model.items[pick % Math.max(1, model.items.length)]
          if (item === undefined) return
          const checked = !item.checkedInSource
          const lines = note === '' ? [] : [note]
          const written = exportRun({ source, model, items: { [item.key]: { checked, lines } }, slots: [] })
          const { boxStart, boxEnd, evidenceAt, evidencePrefix } = item.place
          const from = Math.min(boxStart, evidenceAt)
          expect(written.slice(0, from)).toBe(source.slice(0, from))
          expect(written.endsWith(source.slice(Math.max(boxEnd, evidenceAt)))).toBe(true)
          const before = source.split(/\r\n|\n/)
          const after = written.split(/\r\n|\n/)
          const added = note !== '' && evidencePrefix !== null ? 1 : 0
          expect(after).toHaveLength(before.length + added)
          const rest = [...after]
          if (added === 1)
            rest.splice(
              rest.findIndex((line, index) => line !== before[index] && index >= item.line),
              1,
            )
          expect(rest.filter((line, index) => line !== before[index])).toHaveLength(1)
          // The other forms may be read otherwise afterwards: ticks alone report, and [x] for [] is a task.
          if (item.form !== 'task') return
          const tasks = (text: string) => parseTemplate(text).items.filter(({ form }) => form === 'task')
          expect(tasks(written).map(({ checkedInSource }) => checkedInSource)).toEqual(
            tasks(source).map((one) => (one.key === item.key ? checked : one.checkedInSource)),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it('prints go, no-go and recuse of every role where that role signs, and in no other line', () => {
    fc.assert(
      fc.property(document, fc.constantFrom('', 'NO-GO: ', 'recused: '), (source, decision) => {
        const model = parseTemplate(source)
        const slots = model.roles.map(({ role }, index) => ({
          ...marks,
          role,
          name: `Person ${index}`,
          signature: decision + marks.signature,
        }))
        const written = exportRun({ source, model, items: {}, slots })
        for (const { name } of slots) expect(written.split(name)).toHaveLength(2)
        expect(written.split(decision + marks.signature)).toHaveLength(slots.length + 1)
        expect(written.split(marks.dateUtc)).toHaveLength(slots.length + 1)
        const lines = written.split(/\r\n|\n/)
        expect(lines).toHaveLength(source.split(/\r\n|\n/).length)
        const lineOf = new Set(
          model.roles.flatMap(({ line, place }) =>
            place?.kind === 'line' && place.fields
              ? [
                  line,
                  ...Object.values(place.fields).map(
                    ({ start }) => source.slice(0, start).split(/\r\n|\n/).length,
                  ),
                ]
              : [line],
          ),
        )
        source.split(/\r\n|\n/).forEach((line, index) => {
          if (!lineOf.has(index + 1)) expect(lines[index]).toBe(line)
        })
      }),
      { numRuns: 150 },
    )
  })
})

describe('a form', () => {
  it('gets name, date and signature each in its own line', () => {
    const source =
      '## Sign-off\n\n- [ ] **Ops**\n  ```\n  Name: ____\n  Date: ____\n  Signature: ____\n  ```\n'
    const model = parseTemplate(source)
    const written = exportRun({ source, model, items: {}, slots: [{ role: 'Ops', name: 'Ana', ...marks }] })
    expect(written).toBe(
      source
        .replace('Name: ____', 'Name: Ana')
        .replace('Date: ____', `Date: ${marks.dateUtc}`)
        .replace('Signature: ____', `Signature: ${marks.signature}`),
    )
  })

  it('on one line gives each blank what its label asks for', () => {
    const source = '## Approvals\n\n**QA Lead**\nName: ____ Signature: ____ Date: ____\n'
    const model = parseTemplate(source)
    expect(model.roles.map(({ role }) => role)).toEqual(['QA Lead'])
    expect(
      exportRun({ source, model, items: {}, slots: [{ role: 'QA Lead', name: 'Ana', ...marks }] }),
    ).toContain(`Name: Ana Signature: ${marks.signature} Date: ${marks.dateUtc}`)
  })
})
