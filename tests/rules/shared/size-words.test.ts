import { expect, test } from 'vitest'
import { sizeWords } from '#lib/shared/size-words.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [4_000, '4 kB'],
  [64_512, '64.5 kB'],
  [999_999, '999.9 kB'],
  [3_999_999, '3.9 MB'],
  [4_000_000, '4 MB'],
  [24_000_000, '24 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})
