import serialize from 'canonicalize'
import type { Json } from './result.ts'

function assertArray(value: readonly unknown[], path: string): void {
  // An index loop, because forEach skips the holes that the serializer would write as null.
  for (let index = 0; index < value.length; index += 1) assertCanonical(value[index], `${path}[${index}]`)
  if (Reflect.ownKeys(value).length !== value.length + 1) {
    throw new TypeError(`${path}: an array with holes or named properties has no canonical form`)
  }
}

function assertObject(value: object, path: string): void {
  for (const key of Reflect.ownKeys(value)) {
    const described = Object.getOwnPropertyDescriptor(value, key)
    if (typeof key === 'symbol' || !described?.enumerable || !('value' in described)) {
      throw new TypeError(`${path}: symbols, getters and hidden properties have no canonical form`)
    }
    assertCanonical(key, `${path} key`)
    assertCanonical(described.value, `${path}.${key}`)
  }
}

function assertCanonical(value: unknown, path: string): void {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError(`${path}: a lone surrogate cannot be canonical`)
    return
  }
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return
    throw new TypeError(`${path}: only safe integers are canonical, write decimals as strings`)
  }
  if (Array.isArray(value)) {
    assertArray(value, path)
    return
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    assertObject(value, path)
    return
  }
  throw new TypeError(`${path}: ${typeof value} has no canonical form`)
}

/**
 * Canonical JSON text (RFC 8785) of a strict subset: strings without lone surrogates, booleans, null, safe integers
 * (-0 is written 0), arrays and plain objects. Throws a TypeError naming the path for anything else, because a serializer that
 * silently drops or rounds would make two different records share one digest.
 */
export function canonical(value: Json): string {
  assertCanonical(value, '$')
  const text = serialize(value)
  if (text === undefined) throw new TypeError('$: nothing to serialize')
  return text
}
