import type { JsonObject, JsonValue } from './json.ts'
import type { Place } from './problem.ts'
import { countOf } from './texts.ts'

/** A file whose JSON is right and whose shape is not; `at`: where the object begins that is. */
export class Misshapen extends Error {
  readonly at: Place
  constructor(at: Place, message: string) {
    super(message)
    this.at = at
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && value.is === 'object'
}

export function isList(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && value.is === 'list'
}

/** A text, or null for anything else. */
export function textIn(object: JsonObject | null, name: string): string | null {
  const value = object?.members.get(name)
  return typeof value === 'string' ? value : null
}

/** A number as written, also where it stands in quotes; null for anything else. */
export function numberIn(object: JsonObject | null, name: string): string | null {
  const value = object?.members.get(name)
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && value.is === 'number' ? value.text : null
}

/** A whole number; null where there is none. What is there and is none is refused: it would be read as nothing. */
export function countIn(object: JsonObject, name: string): number | null {
  const value = object.members.get(name)
  if (value === undefined || value === null) return null
  const count = typeof value === 'object' && value.is === 'number' ? countOf(value.text) : null
  if (count === null) throw new Misshapen(object.at, `"${name}" is not a whole number`)
  return count
}

/** The object of that name; null where there is none. */
export function objectIn(object: JsonObject | null, name: string): JsonObject | null {
  const value = object?.members.get(name)
  if (object === null || value === undefined || value === null) return null
  if (!isObject(value)) throw new Misshapen(object.at, `"${name}" is not an object`)
  return value
}

/** The list of that name, as values; null where there is none. */
export function valuesIn(object: JsonObject | null, name: string): JsonValue[] | null {
  const value = object?.members.get(name)
  if (object === null || value === undefined || value === null) return null
  if (typeof value !== 'object' || value.is !== 'list')
    throw new Misshapen(object.at, `"${name}" is not a list`)
  return value.entries
}

/** The list of that name, all of whose entries are objects; null where there is none. */
export function listIn(object: JsonObject | null, name: string): JsonObject[] | null {
  const values = valuesIn(object, name)
  if (object === null || values === null) return null
  return values.map((entry) => {
    if (!isObject(entry)) throw new Misshapen(object.at, `an entry of "${name}" is not an object`)
    return entry
  })
}

/** The members of the object of that name which are objects, with their names; null where there is none. */
export function tableIn(object: JsonObject, name: string): [string, JsonObject][] | null {
  const table = objectIn(object, name)
  if (table === null) return null
  return [...table.members].map(([key, value]) => {
    if (!isObject(value)) throw new Misshapen(table.at, `"${key.slice(0, 40)}" is not an object`)
    return [key, value]
  })
}
