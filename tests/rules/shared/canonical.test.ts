import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '#lib/shared/canonical.ts'
import type { Json } from '#lib/shared/result.ts'

const text = fc.string({ unit: 'binary' })
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((value) => value + 0),
    text,
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(text, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reversed(entry)]),
  )
}

/** Values that a caller without types could pass. */
function canonicalOf(value: unknown): string {
  return canonical(value as Json)
}

describe('canonical JSON', () => {
  it('loses nothing: parsing gives the value back', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonical(value))).toEqual(value)
      }),
    )
  })

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value))
      }),
    )
  })

  it('does not depend on the order in which keys were written', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(reversed(value))).toBe(canonical(value))
      }),
    )
  })

  it('sorts keys by UTF-16 code units and escapes as RFC 8785 says', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonical(value)))).toHaveLength(7)
    const order = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'].map((key) =>
      JSON.stringify(key),
    )
    const made = canonical(value)
    expect(order.map((key) => made.indexOf(key))).toEqual(
      order.map((key) => made.indexOf(key)).sort((a, b) => a - b),
    )
    expect(canonical('\u0007\b\t\n\f\r"\\/\u007f')).toBe('"\\u0007\\b\\t\\n\\f\\r\\"\\\\/\u007f"')
    expect(canonical(-0)).toBe('0')
  })

  it('keeps a key called __proto__ or toJSON as any other', () => {
    const value: Json = JSON.parse('{"toJSON":"x","__proto__":{"a":1}}')
    expect(canonical(value)).toBe('{"__proto__":{"a":1},"toJSON":"x"}')
  })

  it.each<[string, unknown]>([
    ['a decimal', { a: 1.5 }],
    ['an unsafe integer', 2 ** 53],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['undefined', undefined],
    ['undefined in an object', { a: undefined }],
    ['undefined in an array', [undefined]],
    ['a hole in an array', new Array(2)],
    ['a named property of an array', Object.assign([1], { a: 1 })],
    ['a symbol key', { [Symbol('a')]: 1 }],
    ['a getter', Object.defineProperty({}, 'a', { get: () => 1, enumerable: true })],
    ['a hidden property', Object.defineProperty({}, 'a', { value: 1, enumerable: false })],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['bytes', new Uint8Array(2)],
    ['a boxed string', Object('a')],
    ['an object with toJSON', { toJSON: () => 1 }],
    ['an object without prototype', Object.create(null)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalOf(value)).toThrow(TypeError)
    expect(() => canonicalOf({ deep: [value] })).toThrow(TypeError)
  })

  it('names the place', () => {
    expect(() => canonical({ a: [1, { b: 0.5 }] })).toThrow('$.a[1].b')
  })
})
