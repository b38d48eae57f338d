import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type InlineToken, parseInline, plainInline } from '#lib/templates/inline.ts'

/** Tokens as one line: code in back-ticks, strong in **, em in *, strike in ~~, links as [text](href). */
function show(tokens: InlineToken[]): string {
  const marks = { strong: '**', em: '*', strike: '~~' } as const
  return tokens
    .map((token) => {
      if (token.kind === 'text') return token.text
      if (token.kind === 'code') return `\`${token.text}\``
      if (token.kind === 'link') return `[${show(token.children)}](${token.href})`
      return `${marks[token.kind]}${show(token.children)}${marks[token.kind]}`
    })
    .join('')
}

describe('inline Markdown', { timeout: 60_000 }, () => {
  it.each([
    ['All tests pass (`python manage.py test`)', 'All tests pass (`python manage.py test`)'],
    ['`` a ` b ``', '`a ` b`'],
    ['**bold _and em_** ~~gone~~', '**bold *and em*** ~~gone~~'],
    ['__bold__ snake_case_name 2 * 3 * 4', '**bold** snake_case_name 2 * 3 * 4'],
    ['a \\*star\\* \\[ ]', 'a *star* [ ]'],
    [
      '[docs](https://x.y/a_b_c "t") <mailto:a@b.c>',
      '[docs](https://x.y/a_b_c) [mailto:a@b.c](mailto:a@b.c)',
    ],
    ['see https://x.y/z(1).', 'see [https://x.y/z(1)](https://x.y/z(1)).'],
    ['(https://x.y)', '([https://x.y](https://x.y/))'],
    ['![logo](https://x.y/l.png) [**b**](http://h)', 'logo [**b**](http://h/)'],
    ['[a](javascript:alert(1)) [b](../c) [d](data:text/html,x)', 'a b d'],
    ['<b>html</b> &amp; **open', '<b>html</b> &amp; **open'],
    ['p95 < 500ms, > 90%', 'p95 < 500ms, > 90%'],
  ])('%s', (text, expected) => {
    expect(show(parseInline(text))).toBe(expected)
  })

  it('never throws, keeps plain text whole and makes no link but to the web and to mail', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab *_~`[]()<>!\\:/.h', 'https://x.y', '](') }),
        (text) => {
          const stack = parseInline(text)
          for (let token = stack.pop(); token !== undefined; token = stack.pop()) {
            if (token.kind === 'link') expect(token.href).toMatch(/^(?:https?|mailto):/)
            if ('children' in token) stack.push(...token.children)
          }
          expect(plainInline(text).length).toBeLessThanOrEqual(text.length)
        },
      ),
    )
    expect(plainInline('just words, 100 % plain')).toBe('just words, 100 % plain')
  })
})
