import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#lib/templates/parse.ts'
import { splitRow } from '#lib/templates/table-row.ts'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const model = parseTemplate(read('lib/templates/gallery/production-deployment.md'))
const page = read('docs/seed-coverage.md')
const rows = page.split('\n').map((line) => splitRow(line).map(({ text }) => text))
const numbered = rows.filter(([number]) => /^\d+$/.test(number ?? ''))

describe('the page that says what proves each line', () => {
  it('has every item of the shipped template, in its order', () => {
    expect(numbered.map(([, text]) => text)).toEqual(model.items.map(({ text }) => text))
  })

  it('claims a probe or a notice exactly where the template has one', () => {
    const claimed = numbered.map(
      ([, , stands]) =>
        /^(?:(\w+) probe|Notice): /
          .exec(stands ?? '')?.[0]
          .split(/[ :]/)[0]
          ?.toLowerCase() ?? null,
    )
    expect(claimed).toEqual(model.items.map(({ probe, notice }) => probe?.kind ?? (notice ? 'notice' : null)))
  })

  it('has every question, trigger, step and role', () => {
    const has = (first: string, second: string) => rows.some((row) => row[0] === first && row[1] === second)
    for (const { question, itemKeys } of model.facts) {
      const item = model.items.find(({ key }) => key === itemKeys[0])
      expect(has(item?.text ?? '', question)).toBe(true)
    }
    for (const { text } of model.triggers) expect(rows.some(([first]) => first === text)).toBe(true)
    for (const { title } of model.steps) expect(rows.some(([, second]) => second === title)).toBe(true)
    for (const { role } of model.roles) expect(rows.some(([first]) => first === role)).toBe(true)
  })

  it('adds up', () => {
    const kinds = Map.groupBy(numbered, (row) => row[3])
    const counts = [
      'pulled probe',
      'report from CI',
      'notice with acknowledgement',
      'probed link',
      'human word',
    ]
    expect(counts.map((kind) => kinds.get(kind)?.length)).toEqual([43, 13, 6, 3, 8])
  })
})
