import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#lib/templates/parse.ts'

const texts = (source: string) => parseTemplate(source).items.map(({ text }) => text)

describe('task list items', () => {
  it('are found with every marker, numbered, ticked and nested', () => {
    const { items } = parseTemplate('- [ ] a\n* [x] b\n+ [X] c\n1. [ ] d\n   - [ ] e\n     1) [x] f\n')
    expect(items.map(({ text, checkedInSource, depth }) => [text, checkedInSource, depth])).toEqual([
      ['a', false, 0],
      ['b', true, 0],
      ['c', true, 0],
      ['d', false, 0],
      ['e', false, 1],
      ['f', true, 2],
    ])
  })

  it('keep code, emphasis and links in their text and join continuation lines', () => {
    expect(texts('- [ ] `/health/` *must*\n  return [200](https://x.y)\nlazily\n')).toEqual([
      '`/health/` *must* return [200](https://x.y) lazily',
    ])
  })

  it('are none inside fences, indented code and comments', () => {
    const source =
      '```md\n- [ ] a\n```\n\n<!--\n- [ ] b\n-->\n\n    - [ ] c\n\n- ```\n  - [ ] d\n  ```\n- [ ] e\n'
    expect(texts(source)).toEqual(['e'])
  })

  it('need a space behind the box and a text', () => {
    expect(texts('- [ ]a\n- [ ]\n- [y] b\n- [ ] c\n')).toEqual(['c'])
  })

  it('stand in quotes, behind a byte order mark, after front matter and with Windows line ends', () => {
    expect(texts('\uFEFF- [ ] a\r\n> - [ ] b\r\n')).toEqual(['a', 'b'])
    const { items, title } = parseTemplate('---\ntitle: "Go live"\nabout: |\n  text\n---\r\n\r\n- [ ] a\r\n')
    expect(title).toBe('Go live')
    expect(items.map(({ text, line }) => [text, line])).toEqual([['a', 7]])
  })

  it('never hide in what only looks like front matter', () => {
    expect(texts('---\n- [ ] a\n---\n- [ ] b\n')).toEqual(['a', 'b'])
  })

  it('carry what stands under them as detail, without nested items and steps', () => {
    const { items, steps } = parseTemplate(
      [
        '- [ ] a',
        '  - Expected: **200**',
        '    - soon',
        '  - [ ] nested',
        '    note of nested',
        '',
        '  ```sh',
        '  curl x',
        '  ```',
        '  ```text',
        '  OK',
        '  ```',
        '- [ ] b',
      ].join('\n'),
    )
    expect(items.map(({ text, detail }) => [text, detail])).toEqual([
      ['a', '- Expected: **200**\n  - soon\n\n```text\nOK\n```'],
      ['nested note of nested', null],
      ['b', null],
    ])
    expect(steps.map(({ commands }) => commands)).toEqual(['curl x'])
  })

  it('under a plain bullet or a bold line are grouped by it', () => {
    const { sections, items } = parseTemplate(
      '## Deploy\n1. **Do it**:\n   - [ ] a\n2. Prose\n\n**Checks**\n\n- [ ] b\n\n## Next\n- [ ] c\n',
    )
    const paths = new Map(sections.map(({ key, path }) => [key, path.join(' / ')]))
    expect(items.map(({ text, sectionKey }) => [text, paths.get(sectionKey)])).toEqual([
      ['a', 'Deploy / Do it'],
      ['b', 'Deploy / Checks'],
      ['c', 'Next'],
    ])
  })
})

describe('other forms of items', () => {
  it('are rows of a table with one column of boxes', () => {
    const { items } = parseTemplate(
      '| Check | Owner | Done |\n|---|---|---|\n| Backup | Ana | ☐ |\n| Restore | Bo | ✅ |\n| Total | | 2 |\n| Last | | [ ] |\n',
    )
    expect(items.map(({ text, form, checkedInSource }) => [text, form, checkedInSource])).toEqual([
      ['Backup · Ana', 'table', false],
      ['Restore · Bo', 'table', true],
      ['Last', 'table', false],
    ])
  })

  it('are not tables of ticks alone or with boxes to choose from', () => {
    expect(texts('| A | Done |\n|---|---|\n| x | ✅ |\n')).toEqual([])
    expect(texts('| A | Yes | No |\n|---|---|---|\n| x | ☐ | ☐ |\n')).toEqual([])
  })

  it('are lines and bullets that begin with a box; a tick counts only beside open boxes', () => {
    const { items } = parseTemplate('☐ one\n☑ two\n\n- ☐ three\n- ✅ four\n\n## Done\n- ✅ long ago\n')
    expect(items.map(({ text, form, checkedInSource }) => [text, form, checkedInSource])).toEqual([
      ['one', 'line', false],
      ['two', 'line', true],
      ['three', 'bullet', false],
      ['four', 'bullet', true],
    ])
    expect(texts('- ✅ done\n- ✅ done too\n')).toEqual([])
  })

  it('are headings with a box', () => {
    const { items, sections } = parseTemplate('## [ ] 1. Backup\n- [ ] a\n')
    expect(items.map(({ text, form }) => [text, form])).toEqual([
      ['1. Backup', 'heading'],
      ['a', 'task'],
    ])
    expect(sections.map(({ title }) => title)).toEqual(['1. Backup'])
  })
})

describe('what is not understood', () => {
  it('is listed line by line and nothing else is', () => {
    const { keptAsText, meta } = parseTemplate(
      '# T\n\nIntro\nmore\n\n- [ ] a\n- plain\n\n---\n\n<!-- quiet -->\n\n*Last Updated: May 2026*\n*Version: 2.1*\n',
    )
    expect(keptAsText.map(({ line, text }) => [line, text])).toEqual([
      [3, 'Intro'],
      [4, 'more'],
      [7, '- plain'],
    ])
    expect(meta).toEqual({ version: '2.1', updated: 'May 2026', owner: null })
  })

  it('is everything where items are indented too deep under each other', () => {
    const nested = (depth: number) =>
      Array.from({ length: depth }, (_, level) => `${'  '.repeat(level)}- [ ] level ${level}`).join('\n')
    expect(parseTemplate(nested(24)).items).toHaveLength(24)
    const { items, problems } = parseTemplate(nested(25))
    expect(items).toHaveLength(0)
    expect(problems).toMatchObject([{ line: 25, message: 'more than 24 lists or quotes inside each other' }])
    // Siblings, however many and whatever their indent, are not inside each other.
    expect(parseTemplate('- [ ] a\n  - [ ] b\n'.repeat(200)).items).toHaveLength(400)
  })

  it('is everything where lists lie too deep to be read in reasonable time', () => {
    const { items, problems } = parseTemplate(`- [ ] a\n${'- '.repeat(3000)}b\n`)
    expect(items).toEqual([])
    expect(problems).toMatchObject([{ line: 2, column: 1 }])
  })

  it('says so when there are more items or bytes than a template may have', () => {
    const many = parseTemplate('- [ ] a\n'.repeat(2001))
    expect(many.problems).toMatchObject([{ line: 2001, fix: 'split the checklist into several templates' }])
    expect(parseTemplate('ä'.repeat(500_001)).problems[0]?.message).toContain('1,000,002 bytes')
  })
})
