import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256Hex } from '#lib/shared/digest.ts'
import { sha256Hex as inBrowser } from '#lib/shared/digest-browser.ts'

it('the browser gives the digests that the server gives, at every length around a block', () => {
  for (let length = 0; length < 200; length++) {
    const text = 'x'.repeat(length)
    expect(inBrowser(text)).toBe(sha256Hex(text))
  }
  const agree = (input: string | Uint8Array) => {
    expect(inBrowser(input)).toBe(sha256Hex(input))
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), agree))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), agree))
})
