import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KINDS, parseBody } from '#lib/templates/annotations.ts'
import { formatAnnotations } from '#lib/templates/format-annotations.ts'
import { NOTICE_CHANNELS, NOTICE_NEEDS } from '#lib/templates/notice.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { SETTABLE_GRADES, SETTABLE_STAGES, SETTINGS, TIME_UNITS } from '#lib/templates/settings.ts'

const page = readFileSync(new URL('../../../docs/annotations.md', import.meta.url), 'utf8')
const fences = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')

/** Every word that the parser knows, as the grammar writes it. */
const WORDS = [
  ...KINDS.map((kind) => `${kind}:`),
  ...Object.entries(SETTINGS).map(([name, { takes }]) => (takes === 'value' ? `${name}=` : name)),
  ...SETTABLE_GRADES,
  ...SETTABLE_STAGES,
  ...Object.keys(TIME_UNITS),
  'scope=',
  ...NOTICE_CHANNELS,
  ...NOTICE_NEEDS,
  'need',
  'text',
]

describe('docs/annotations.md', () => {
  it('has a grammar of exactly the words that the parser knows', () => {
    const [grammar = ''] = fences('ebnf')
    const terminals = [...grammar.matchAll(/"([A-Za-z]+[:=]?)"/g)].map((match) => match[1])
    expect([...new Set(terminals)].toSorted()).toEqual([...new Set(WORDS)].toSorted())
    const table = [...page.matchAll(/^\| `([a-z]+)/gm)].map((match) => match[1])
    for (const name of Object.keys(SETTINGS)) expect(`${table} ${page}`).toContain(name)
  })

  it('has examples that are read without a problem, and formatted as they are', () => {
    const examples = fences('markdown')
    expect(examples.length).toBeGreaterThanOrEqual(4)
    for (const example of examples) {
      expect(parseTemplate(example).problems).toEqual([])
      expect(formatAnnotations(example).changes).toEqual([])
    }
  })

  const rows = [...page.matchAll(/^\| `(<!--.*?-->)` \| (\d+) \| (.*?) \| (.*?) ?\|$/gm)]
  it('lists mistakes', () => expect(rows.length).toBeGreaterThanOrEqual(10))
  it.each(rows.map(([, written, column, message, fix]) => ({ written, column, message, fix })))(
    '$written is answered as it prints',
    ({ written = '', column, message, fix }) => {
      const at = written.includes('stage:') || written.includes('slot:') ? `# T\n\n- [ ] a\n\n` : '- [ ] a\n'
      const { problems } = parseTemplate(at + written)
      expect(problems).toEqual([
        { line: at.split('\n').length, column: Number(column), message, fix: fix === '' ? null : fix },
      ])
    },
  )
})

describe('a soak offset', () => {
  it.each([
    ['5m', 300],
    ['1h', 3_600],
    ['24h', 86_400],
    ['30d', 2_592_000],
  ])('of %s is kept in seconds and puts the item into verify', (written, seconds) => {
    const [item] = parseTemplate(`## Before deployment\n- [ ] a <!-- item: soak=${written} -->\n`).items
    expect(item).toMatchObject({ dueOffsetSeconds: seconds, stage: 'verify' })
  })
})

describe('any annotation', { timeout: 60_000 }, () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...WORDS,
      '=',
      '"',
      ' ',
      ',',
      '  ',
      '1h',
      'http',
      'expect',
      'status',
      '==',
      '200',
      'QA',
      '(b)',
      '\n',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  const body = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''))

  it('is read or refused at a place inside it, and never crashes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), body, (kind, text) => {
        const parsed = parseBody(kind, text)
        if (parsed.ok) return
        expect(parsed.problem.offset).toBeGreaterThanOrEqual(0)
        expect(parsed.problem.offset).toBeLessThanOrEqual(text.length)
        expect(parsed.problem.message).not.toBe('')
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes time linear in its length: twice the text is looked at about twice as often', () => {
    const hostile = [
      'a=',
      '"',
      ' ',
      'role="',
      ',',
      'scope=',
      '\\',
      'a="b" ',
      'scope="a",',
      'x',
      '$',
      '(',
      '1',
    ]
    for (const kind of KINDS)
      for (const part of hostile) {
        const looks = (length: number) => countLooks(() => parseBody(kind, part.repeat(length)))
        const [small, large] = [looks(1_000), looks(4_000)]
        expect(large, `${kind} of ${JSON.stringify(part)}`).toBeLessThanOrEqual(small * 4.5 + 200)
      }
  })

  it('means the same after formatting, and formatting it again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...KINDS), body), { maxLength: 4 }), (annotations) => {
        const text = annotations
          .map(([kind, inner]) => `# T\n- [ ] a <!-- ${kind}: ${inner} -->\n`)
          .join('\n')
        const once = formatAnnotations(text).text
        expect(formatAnnotations(once)).toEqual({ text: once, changes: [] })
        const settled = (source: string) =>
          parseTemplate(source).items.map(({ place: _, ...item }) => ({ ...item, line: 0 }))
        expect(settled(once)).toEqual(settled(text))
        expect(withoutComments(once)).toBe(withoutComments(text))
      }),
      { numRuns: 200 },
    )
  })
})

function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, '')
}

/** How many characters are looked at, counted where regular expressions and cursors take them. */
function countLooks(work: () => unknown): number {
  let looks = 0
  const { charAt, slice, indexOf } = String.prototype
  const { exec } = RegExp.prototype
  String.prototype.charAt = function (this: string, index: number) {
    looks++
    return charAt.call(this, index)
  }
  String.prototype.slice = function (this: string, from?: number, to?: number) {
    const part = slice.call(this, from, to)
    looks += part.length
    return part
  }
  String.prototype.indexOf = function (this: string, wanted: string, from?: number) {
    const found = indexOf.call(this, wanted, from)
    looks += (found === -1 ? this.length : found) - (from ?? 0)
    return found
  }
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const from = this.lastIndex
    const found = exec.call(this, text)
    looks += found === null ? 1 : found.index + found[0].length - (this.global || this.sticky ? from : 0)
    return found
  }
  try {
    work()
  } finally {
    Object.assign(String.prototype, { charAt, slice, indexOf })
    RegExp.prototype.exec = exec
  }
  return looks
}
