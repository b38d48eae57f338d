import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDecimals,
  canonicalDecimal,
  compareDecimals,
  multiplyDecimals,
  subtractDecimals,
} from '#lib/probes/decimals.ts'
import { all, type Truth } from '#lib/probes/kleene.ts'
import { compareQuantities, dimensionOf, UNITS, type Unit } from '#lib/probes/quantities.ts'

describe('decimals', () => {
  it.each([
    ['007', '7'],
    ['1.500', '1.5'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['1e3', '1000'],
    ['1.5e-3', '0.0015'],
    ['-12.30E+1', '-123'],
    ['9007199254740993', '9007199254740993'],
    ['', null],
    ['.5', null],
    ['5.', null],
    ['NaN', null],
    ['Infinity', null],
    ['1e9999', null],
    ['1e400', null],
    ['1e-401', null],
    ['0x10', null],
    [' 1', null],
  ])('%j is %j', (text, canonical) => {
    expect(canonicalDecimal(text)).toBe(canonical)
  })

  it('can be reckoned with, whatever was read', () => {
    const digits = fc.stringMatching(/^-?[0-9]{1,405}(\.[0-9]{1,405})?([eE][+-]?[0-9]{1,3})?$/)
    fc.assert(
      fc.property(digits, digits, fc.constantFrom(...UNITS), (one, other, unit) => {
        const [left, right] = [canonicalDecimal(one), canonicalDecimal(other)]
        if (left === null || right === null) return
        expect(compareQuantities({ value: left, unit }, { value: right, unit })).toBe(
          compareDecimals(left, right),
        )
        expect(compareDecimals(addDecimals(left, right), subtractDecimals(left, right))).toBe(
          compareDecimals(right, '0'),
        )
      }),
    )
  })

  it('compares like exact rationals', () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 12 }))
    fc.assert(
      fc.property(decimal, decimal, ([a, i], [b, j]) => {
        const left = canonicalDecimal(`${a}e-${i}`) ?? ''
        const right = canonicalDecimal(`${b}e-${j}`) ?? ''
        const exact = a * 10n ** BigInt(j) - b * 10n ** BigInt(i)
        expect(Math.sign(compareDecimals(left, right))).toBe(exact < 0n ? -1 : exact > 0n ? 1 : 0)
        expect(multiplyDecimals(left, right)).toBe(canonicalDecimal(`${a * b}e-${i + j}`))
      }),
    )
  })

  it('says what is not a decimal', () => {
    expect(() => compareDecimals('1', 'x')).toThrow('not a decimal: x')
  })
})

describe('quantities', () => {
  it.each<[string, Unit | null, string, Unit | null, number | null]>([
    ['0.1', '%', '0.001', 'ratio', 0],
    ['0.05', '%', '0.1', '%', -1],
    ['1', 's', '999', 'ms', 1],
    ['1', 'd', '24', 'h', 0],
    ['1', 'h', '60', 'm', 0],
    ['1', 'm', '60', 's', 0],
    ['1', 'KiB', '1', 'kB', 1],
    ['1', 'MiB', '1048576', 'B', 0],
    ['1', 'MB', '1000', 'kB', 0],
    ['5', null, '5.0', null, 0],
    ['5', null, '5', 'ms', null],
    ['5', 'B', '5', 'ms', null],
    ['5', '%', '5', null, null],
  ])('%s %s against %s %s: %s', (left, leftUnit, right, rightUnit, order) => {
    expect(compareQuantities({ value: left, unit: leftUnit }, { value: right, unit: rightUnit })).toBe(order)
  })

  it('knows the dimension of every unit', () => {
    expect(UNITS.map(dimensionOf)).toEqual([
      ...Array(5).fill('time'),
      ...Array(2).fill('ratio'),
      ...Array(7).fill('bytes'),
    ])
  })
})

describe('three-valued logic', () => {
  const T: Truth = 'true'
  const F: Truth = 'false'
  const U: Truth = 'unknown'
  it.each<[Truth[], Truth]>([
    [[], U],
    [[T], T],
    [[F], F],
    [[U], U],
    [[T, F], F],
    [[T, U], U],
    [[F, U], F],
    [[T, F, U], F],
  ])('%j: all %s', (values, whole) => {
    expect(all(values)).toBe(whole)
    expect(all(values.toReversed())).toBe(whole)
  })
})
