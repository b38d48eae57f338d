import { describe, expect, it } from 'vitest'
import { isCommandFence, splitSteps } from '#lib/templates/command-blocks.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

const shape = (content: string) => splitSteps(content).map(({ title, commands }) => [title, commands])

describe('the steps of a command block', () => {
  it('are its paragraphs, titled by their leading comments', () => {
    expect(shape('# One\na\nb\n\n# Two\n# goes on\nc # why\n\nd\n')).toEqual([
      ['One', 'a\nb'],
      ['Two goes on', 'c # why'],
      ['d', 'd'],
    ])
  })

  it('keep together what a blank line does not end', () => {
    expect(shape('cat <<EOF\na\n\nb\nEOF\nnext\n\nlast')).toHaveLength(2)
    expect(shape('for x in 1 2; do\n  a\n\n  b\ndone\n\nlast')).toHaveLength(2)
    expect(shape('f() {\n  a\n\n  b\n}\n\nlast')).toHaveLength(2)
    expect(shape('echo "one\n\ntwo"\n\nlast')).toHaveLength(2)
    expect(shape('a \\\n\nb\n\nlast')).toHaveLength(2)
    expect(shape("a -o jsonpath='{.items[*]}'\n\nwc <<<x\n\nlast")).toHaveLength(3)
  })

  it('give a comment that stands alone to what follows it, and none to a block of comments', () => {
    expect(shape('# Title\n\n# detail\na\n')).toEqual([['Title detail', 'a']])
    expect(shape('# nothing\n\n# to do\n')).toEqual([])
  })

  it('are copied without prompts and boxes', () => {
    expect(shape('$ a\n$ b\n')).toEqual([['a', 'a\nb']])
    expect(shape('$ a\nanswer\n')).toEqual([['$ a', '$ a\nanswer']])
    expect(shape('- [ ] a\n')).toEqual([['a', 'a']])
  })

  it('know their lines and their block', () => {
    const { steps } = parseTemplate(
      '# T\n\n```bash\n# One\na\n\nb\n```\n\n```python\nx\n```\n\n~~~sh\r\nc\r\n~~~\n',
    )
    expect(steps.map(({ commands, line, endLine, block }) => [commands, line, endLine, block])).toEqual([
      ['a', 4, 5, 1],
      ['b', 7, 7, 1],
      ['c', 15, 15, 2],
    ])
  })
})

describe('a fence of commands', () => {
  it.each([
    ['bash', 'x', true],
    ['PowerShell', 'x', true],
    ['sql', 'x', false],
    ['yaml', 'x', false],
    [null, '$ a\n\n$ b', true],
    [null, 'a', false],
    [null, '', false],
  ])('%s %j → %s', (lang, content, is) => {
    expect(isCommandFence({ lang, content })).toBe(is)
  })
})
