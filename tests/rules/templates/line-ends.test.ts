import { EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editorText, sourceOf } from '#lib/templates/line-ends.ts'
import { parseTemplate } from '#lib/templates/parse.ts'

const piece = fc.constantFrom('- [ ] a', 'b', ' ', '\n', '\r\n', '\r', '\uFEFF', '## H', '\u2028', '🙂')
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

describe('the line ends of a source', () => {
  it('come back byte for byte after the editor', () => {
    fc.assert(
      fc.property(text, (source) => {
        const edited = editorText(source)
        const { doc } = EditorState.create({ doc: edited })
        expect(sourceOf({ edited: doc.toString(), original: source })).toBe(source)
      }),
      { numRuns: 1_000 },
    )
  })

  it('are those of an edited text again, whatever was edited', () => {
    fc.assert(
      fc.property(text, text, (original, other) => {
        const edited = editorText(other).replace(/^\uFEFF+/, '')
        expect(editorText(sourceOf({ edited, original }))).toBe(edited)
      }),
      { numRuns: 1_000 },
    )
  })

  it('stay with lines that are left alone, in a file of several kinds', () => {
    const original = 'one\r\ntwo\nthree\rfour\n'
    const edited = 'one\nnew\ntwo\nthree!\nfour\n'
    expect(sourceOf({ edited, original })).toBe('one\r\nnew\ntwo\nthree!\rfour\n')
  })

  it('are those of the file in lines that are new', () => {
    expect(sourceOf({ edited: 'a\nb\n', original: '\uFEFFa\r\n' })).toBe('\uFEFFa\r\nb\r\n')
    expect(sourceOf({ edited: 'a\nb\n', original: 'a' })).toBe('a\nb\n')
  })

  it('make no other items', () => {
    fc.assert(
      fc.property(text, (source) => {
        const read = (one: string) => parseTemplate(one).items.map(({ key, text: words }) => [key, words])
        expect(read(editorText(source))).toEqual(read(source.replace(/^\uFEFF/, '')))
      }),
    )
  })
})
