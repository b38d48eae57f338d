import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findNotUtf8, notUtf8Message } from '#lib/shared/utf8.ts'

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

describe('a byte that is not UTF-8', () => {
  it.each([
    [[0x61, 0xe9, 0x0a], { line: 1, column: 2, byte: 0xe9 }],
    [[0x61, 0x0a, 0xc3, 0xa9, 0xff], { line: 2, column: 2, byte: 0xff }],
    [[0x0d, 0x0a, 0x0d, 0xe2, 0x82], { line: 3, column: 1, byte: 0xe2 }],
    [[0xed, 0xa0, 0x80], { line: 1, column: 1, byte: 0xed }],
    [[0xc0, 0xaf], { line: 1, column: 1, byte: 0xc0 }],
  ])('in %j stands where it stands', (bytes, place) => {
    expect(findNotUtf8(Uint8Array.from(bytes))).toEqual(place)
  })

  it('is found exactly where the decoder of the platform refuses', () => {
    const nearly = fc
      .tuple(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.uint8Array({ maxLength: 4 }),
        fc.string({ maxLength: 5 }),
      )
      .map(([before, raw, after]) => Buffer.concat([Buffer.from(before), raw, Buffer.from(after)]))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), nearly), (bytes) => {
        expect(findNotUtf8(bytes) === null).toBe(decodes(bytes))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is said with its place and the way out', () => {
    expect(notUtf8Message({ line: 3, column: 8, byte: 0x0e })).toBe(
      'line 3, column 8: the byte 0x0E is not UTF-8. Save the file as UTF-8 and try again.',
    )
  })
})
