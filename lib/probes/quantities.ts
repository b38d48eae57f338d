import { compareDecimals, multiplyDecimals } from './decimals.ts'

/** What a unit measures, and its factor to the dimension's base (milliseconds, ratio, bytes) as an exact decimal. */
const UNIT_TABLE = {
  ms: { dimension: 'time', factor: '1' },
  s: { dimension: 'time', factor: '1000' },
  m: { dimension: 'time', factor: '60000' },
  h: { dimension: 'time', factor: '3600000' },
  d: { dimension: 'time', factor: '86400000' },
  '%': { dimension: 'ratio', factor: '0.01' },
  ratio: { dimension: 'ratio', factor: '1' },
  B: { dimension: 'bytes', factor: '1' },
  kB: { dimension: 'bytes', factor: '1000' },
  KiB: { dimension: 'bytes', factor: '1024' },
  MB: { dimension: 'bytes', factor: '1000000' },
  MiB: { dimension: 'bytes', factor: '1048576' },
  GB: { dimension: 'bytes', factor: '1000000000' },
  GiB: { dimension: 'bytes', factor: '1073741824' },
} as const

export type Unit = keyof typeof UNIT_TABLE
export type Dimension = (typeof UNIT_TABLE)[Unit]['dimension']
export const UNITS = [
  'ms',
  's',
  'm',
  'h',
  'd',
  '%',
  'ratio',
  'B',
  'kB',
  'KiB',
  'MB',
  'MiB',
  'GB',
  'GiB',
] as const satisfies readonly Unit[]

/** A decimal with its unit; `unit: null` is a plain number. `value` is a canonical decimal text. */
export type Quantity = { value: string; unit: Unit | null }

export function isUnit(word: string): word is Unit {
  return Object.hasOwn(UNIT_TABLE, word)
}

/** The dimension of a unit, or null for a plain number. */
export function dimensionOf(unit: Unit | null): Dimension | null {
  return unit === null ? null : UNIT_TABLE[unit].dimension
}

/** The value in the base of its dimension (ms, ratio, bytes), exact. */
export function inBaseUnit({ value, unit }: Quantity): string {
  return unit === null ? value : multiplyDecimals(value, UNIT_TABLE[unit].factor)
}

/**
 * Negative, zero or positive like a sort; null when the two do not measure the same thing (0.1 % and 0.001 ratio are
 * equal, 5 ms and 5 B have no order).
 */
export function compareQuantities(left: Quantity, right: Quantity): number | null {
  if (dimensionOf(left.unit) !== dimensionOf(right.unit)) return null
  return compareDecimals(inBaseUnit(left), inBaseUnit(right))
}

/**
 * The same for a value that a server told in a unit. A time, a size or a share below zero is what programs say when they know none:
 * it has no order, unless the threshold is below zero as well.
 */
export function compareTold(told: Quantity, threshold: Quantity): number | null {
  if (told.unit !== null && isBelowZero(told) && !isBelowZero(threshold)) return null
  return compareQuantities(told, threshold)
}

const isBelowZero = ({ value }: Quantity) => value.startsWith('-')

/** A quantity in another unit of its dimension, rounded to four significant digits: for reading, never for judging. */
export function inUnit(quantity: Quantity, unit: Unit | null): string {
  const base = Number(inBaseUnit(quantity))
  const value = unit === null ? base : base / Number(UNIT_TABLE[unit].factor)
  const rounded = Number.isInteger(value) && Math.abs(value) < 1e15 ? value : Number(value.toPrecision(4))
  return `${rounded}${unit ?? ''}`
}
