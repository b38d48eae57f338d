import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DiffLine, diffText, type LinePart } from '#lib/templates/diff-lines.ts'
import { editorText } from '#lib/templates/line-ends.ts'

const written = (parts: LinePart[]) => parts.map(({ text }) => text).join('')
const linesOf = ({ blocks }: { blocks: { lines: DiffLine[] }[] }) => blocks.flatMap(({ lines }) => lines)
const side = (lines: DiffLine[], other: 'added' | 'removed') =>
  lines.flatMap((line) =>
    line.kind === other ? [] : [line.kind === 'same' ? line.text : written(line.parts)],
  )

const line = fc.constantFrom('- [ ] one', '- [ ] two words', '', '## Head', '- [ ] two other words')
const text = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'))

describe('diffText', () => {
  it('holds both texts whole, with their line numbers', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        const lines = linesOf(diffText({ from, to }))
        expect(side(lines, 'added').join('\n')).toBe(from)
        expect(side(lines, 'removed').join('\n')).toBe(to)
        const numbers = lines.flatMap((one) => ('before' in one ? [one.before] : []))
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      }),
    )
  })

  it('finds nothing between a text and itself, folded into one block', () => {
    fc.assert(
      fc.property(text, (same) => {
        const found = diffText({ from: same, to: same })
        expect(found).toMatchObject({ added: 0, removed: 0, onlyBytes: false })
        expect(found.blocks.map(({ kind }) => kind)).toEqual(['folded'])
      }),
    )
  })

  it('marks the changed words of a line, and leaves three lines around it', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`)
    const found = diffText({
      from: lines.join('\n'),
      to: lines.join('\n').replace('line 10\n', 'line ten\n'),
    })
    expect(found.blocks.map(({ kind, lines: own }) => [kind, own.length])).toEqual([
      ['folded', 6],
      ['changes', 8],
      ['folded', 7],
    ])
    expect(linesOf(found).filter(({ kind }) => kind !== 'same')).toEqual([
      {
        kind: 'removed',
        before: 10,
        parts: [
          { kind: 'same', text: 'line ' },
          { kind: 'removed', text: '10' },
        ],
      },
      {
        kind: 'added',
        after: 10,
        parts: [
          { kind: 'same', text: 'line ' },
          { kind: 'added', text: 'ten' },
        ],
      },
    ])
  })

  it('says when only line ends differ', () => {
    expect(diffText({ from: 'a\r\nb', to: 'a\nb' })).toMatchObject({ added: 0, removed: 0, onlyBytes: true })
  })

  it('stays bounded for two long texts that have nothing in common', () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`).join('\n')
    const found = diffText({ from: `same\n${long('a')}`, to: `same\n${long('b')}` })
    expect(found).toMatchObject({ added: 20_000, removed: 20_000 })
    expect(side(linesOf(found), 'removed').join('\n')).toBe(editorText(`same\n${long('b')}`))
  })
})
