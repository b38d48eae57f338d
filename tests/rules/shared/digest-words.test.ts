import { describe, expect, it } from 'vitest'
import { sha256Hex } from '#lib/shared/digest.ts'
import { DIGEST_WORDS, digestWords } from '#lib/shared/digest-words.ts'

function isOneEditApart(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  const rest = long.slice(start + 1)
  return rest === short.slice(start + 1) || rest === short.slice(start)
}

describe('words of a digest', () => {
  it('has one short plain word for each byte, none twice', () => {
    expect(DIGEST_WORDS).toHaveLength(256)
    expect(new Set(DIGEST_WORDS).size).toBe(256)
    expect(DIGEST_WORDS.filter((word) => !/^[a-z]{3,8}$/.test(word))).toEqual([])
  })

  it('has no two words that one mistyped letter would confuse', () => {
    const close = DIGEST_WORDS.flatMap((word, index) =>
      DIGEST_WORDS.slice(index + 1)
        .filter((other) => isOneEditApart(word, other))
        .map((other) => `${word}/${other}`),
    )
    expect(close).toEqual([])
  })

  it('keeps its order for ever, since receipts were printed with it', () => {
    expect(sha256Hex(DIGEST_WORDS.join('\n'))).toBe(
      '874dfd191191b4d46cbae58c41caa1ddfda5f67ced9846524a692e0f43a0f998',
    )
  })

  it('reads the first four bytes', () => {
    const digest = `00ff0110${'7'.repeat(56)}`
    expect(digestWords(digest)).toBe(
      [DIGEST_WORDS[0], DIGEST_WORDS[255], DIGEST_WORDS[1], DIGEST_WORDS[16]].join('-'),
    )
    expect(digestWords(digest.toUpperCase())).toBe(digestWords(digest))
  })

  it('refuses what is not a digest', () => {
    for (const text of ['', 'abc', 'g'.repeat(64), '0'.repeat(65)])
      expect(() => digestWords(text)).toThrow(TypeError)
  })
})
