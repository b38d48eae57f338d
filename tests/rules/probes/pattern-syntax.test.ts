import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { isPattern, literalPattern, readPattern } from '#lib/probes/pattern-syntax.ts'

const PIECES = [
  ...['a', 'b', '0', ' ', 'é', '世', '😀', '-', ',', ':', '"', '/', '\n', '\\'],
  ...[
    '.',
    '^',
    '$',
    '|',
    '(',
    ')',
    '[',
    ']',
    '[^',
    '{',
    '}',
    '*',
    '+',
    '?',
    '*?',
    '{2}',
    '{2,}',
    '{2,3}',
    '{3,2}',
    '{,3}',
  ],
  ...['(?:', '(?i)', '(?i:', '(?-s)', '(?P<n>', '(?<n>', '(?P<m>', '(?=', '(?!', '(?<=', '(?', '(?)'],
  ...[
    '\\d',
    '\\W',
    '\\b',
    '\\A',
    '\\z',
    '\\Z',
    '\\n',
    '\\x41',
    '\\x{1F600}',
    '\\x{110000}',
    '\\pL',
    '\\p{Lu}',
    '\\p{Greek}',
    '\\p{Foo}',
  ],
  ...[
    '\\.',
    '\\-',
    '\\]',
    '\\_',
    '\\ ',
    '\\1',
    '\\q',
    '[:alpha:]',
    '[[:digit:]]',
    '[:foo:]',
    'a-z',
    'z-a',
    '\\d-z',
    '{1000}',
    '{1001}',
  ],
]
const written = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''))

function engineTakes(text: string): boolean {
  try {
    RE2JS.compile(text)
    return true
  } catch {
    return false
  }
}

describe('the syntax of expressions', () => {
  it('that is taken is taken by the engine too', () => {
    fc.assert(
      fc.property(written, (text) => {
        if (isPattern(text)) expect(engineTakes(text)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  it('that the engine takes is taken, but for what the page names', () => {
    let both = 0
    fc.assert(
      fc.property(written, (text) => {
        if (!engineTakes(text) || isPattern(text)) both++
        else expect(text).toMatch(/\\[01]|\\\n|\\p\{|\[:|\{1000\}|\(\?[^)]*\)[*+?{]/)
      }),
      { numRuns: 5_000 },
    )
    expect(both).toBeGreaterThan(1_000)
  })

  it.each([
    ['a)', 1, 'a parenthesis closes nothing'],
    ['a(b', 1, 'the parenthesis is not closed'],
    ['ab[c', 2, 'the bracket is not closed'],
    ['[z-a]', 1, 'the range runs backwards'],
    ['[[:foo:]]', 1, 'this class of characters is not known'],
    ['*a', 0, 'there is nothing to repeat'],
    ['a|+', 2, 'there is nothing to repeat'],
    ['a**', 2, 'a repetition is repeated'],
    ['a{2,1}', 1, 'a repetition is from 0 to 1000, the smaller number first'],
    ['(a{100}){11}', 8, 'repetitions inside one another come to more than 1000'],
    ['a\\', 1, '\\ is not an escape of RE2'],
    ['(?=a)', 0, 'this kind of group is not known; nothing looks ahead or behind'],
    ['(?P<n>a)(?P<n>b)', 8, 'the group n is named twice'],
    ['(abc){600}', 0, 'with its repetitions written out it is longer than 2000 characters'],
    ['('.repeat(60), 51, 'it nests too deeply'],
  ])('of %j says at %i what is wrong', (text, offset, message) => {
    expect(readPattern(text)).toEqual({ ok: false, offset, message })
  })

  it.each([
    ['exception', 9],
    ['(?i)exception', 9],
    ['[a-z]{1,200}[0-9]', 201],
    ['(ab){3}', 9],
    ['a*', 2],
    ['(a{2}b){3}', 12],
    ['', 1],
  ])('of %j has size %i', (text, size) => {
    expect(readPattern(text)).toEqual({ ok: true, size })
  })

  it('of a literal matches that text alone, also inside of a class', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          RE2JS.compile(`^(?:${literalPattern(text)})$`)
            .matcher(text)
            .find(),
        ).toBe(true)
        for (const one of text)
          expect(
            RE2JS.compile(`^[${literalPattern(one)}]$`)
              .matcher(one)
              .find(),
          ).toBe(true)
      }),
    )
    expect(RE2JS.compile(literalPattern('v2.1')).matcher('v2x1').find()).toBe(false)
  })
})
