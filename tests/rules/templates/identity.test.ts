import { describe, expect, it } from 'vitest'
import { createKeyring, isKey, KEY_MAX_LENGTH } from '#lib/templates/identity.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

const keys = (source: string) => parseTemplate(source).items.map(({ key }) => key)

describe('the key of an item', () => {
  it('tells apart the same words in two sections, and near-duplicates', () => {
    const found = keys(
      '## A\n### Database\n- [ ] Indexes\n## B\n### Database\n- [ ] Indexes\n## B\n### Database\n- [ ] Indexes\n- [ ] Indexes\n- [ ] No vulnerabilities\n- [ ] No known vulnerabilities\n',
    )
    expect(new Set(found).size).toBe(6)
  })

  it('survives another order, other marks of emphasis, other spacing and a tick', () => {
    const before = keys('## A\n- [ ] One  thing\n- [ ] Other\n')
    const after = keys('# T\n\nprose\n\n## A\n* [x] Other\n* [ ] **one** thing\n')
    expect(after).toEqual([...before].reverse())
  })

  it('is the id of the annotation where there is one, also against an item that would derive it', () => {
    const derived = keys('- [ ] a\n')[0] ?? ''
    const [first, second] = keys(`- [ ] a\n- [ ] b <!-- item: id=${derived} -->\n`)
    expect(second).toBe(derived)
    expect(first).toBe(`${derived}-2`)
  })

  it('is complained about when an id is given twice', () => {
    const { problems, items } = parseTemplate('- [ ] a <!-- item: id=x -->\n- [ ] b <!-- item: id=x -->\n')
    expect(problems).toMatchObject([{ line: 2, fix: 'choose another id' }])
    expect(new Set(items.map(({ key }) => key)).size).toBe(2)
  })

  it('stays short, safe in addresses and distinct for any script', () => {
    const found = keys(
      `- [ ] 备份\n- [ ] 备份完成\n- [ ] النسخ\n- [ ] ${'long '.repeat(400)}\n- [ ] 🙂\n- [ ] 🙃\n`,
    )
    expect(new Set(found).size).toBe(6)
    for (const key of found) expect(isKey(key)).toBe(true)
  })

  it('is given out once, however often it is wanted', () => {
    const ring = createKeyring()
    const wanted = 'k'.repeat(KEY_MAX_LENGTH)
    const given = Array.from({ length: 1200 }, () => ring.take(wanted))
    expect(new Set(given).size).toBe(1200)
    expect(Math.max(...given.map(({ length }) => length))).toBe(KEY_MAX_LENGTH)
  })
})
