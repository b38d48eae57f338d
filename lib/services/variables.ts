import { utf8Bytes } from '#lib/shared/limits.ts'
import { isRunVariable } from '#lib/shared/run-variables.ts'

export const VARIABLE_BYTES = 2_000
export const VARIABLES_MAX = 100

export type Variables = Record<string, string>
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string }

const LINE = /^([^=\s]+)\s*=(.*)$/

/** What is wrong with a variable's name; null when nothing is. */
export function nameProblem(name: string): string | null {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name))
    return `“${name}” is no name: capital letters, digits and _, starting with a letter.`
  if (name.length > 64) return 'a name has at most 64 characters.'
  return isRunVariable(name) ? `${name} is filled in from the run itself. Choose another name.` : null
}

/**
 * Reads `NAME=value` lines: names as `[A-Z][A-Z0-9_]*`, values to the end of the line without spaces around, `#` begins a
 * line of comment. The first line at fault is named by its number.
 */
export function parseVariables(text: string): Parsed<Variables> {
  const found = new Map<string, string>()
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const bad = (why: string): Parsed<Variables> => ({ ok: false, problem: `Line ${index + 1}: ${why}` })
    const match = LINE.exec(line)
    const [, name = '', value = ''] = match ?? []
    if (!match) return bad('write NAME=value, such as BASE_URL=https://staging.example.com.')
    const misnamed = nameProblem(name)
    if (misnamed !== null) return bad(misnamed)
    if (found.has(name)) return bad(`${name} stands above already.`)
    const kept = value.trim()
    if (/\p{Cc}/u.test(kept)) return bad(`the value of ${name} holds a control character.`)
    if (utf8Bytes(kept) > VARIABLE_BYTES)
      return bad(`the value of ${name} is longer than ${VARIABLE_BYTES} bytes.`)
    found.set(name, kept)
    if (found.size > VARIABLES_MAX) return bad(`an environment has at most ${VARIABLES_MAX} variables.`)
  }
  return { ok: true, value: Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** The lines that `parseVariables` reads back, by name: jsonb keeps no order of its own that a person would recognise. */
export function printVariables(variables: Variables): string {
  return Object.keys(variables)
    .sort()
    .map((name) => `${name}=${variables[name]}`)
    .join('\n')
}

/** Names by what happened to them; the log holds names and never values. */
export function variablesDiff({ from, to }: { from: Variables; to: Variables }): {
  added: string[]
  removed: string[]
  changed: string[]
} {
  return {
    added: Object.keys(to).filter((name) => !Object.hasOwn(from, name)),
    removed: Object.keys(from).filter((name) => !Object.hasOwn(to, name)),
    changed: Object.keys(to).filter((name) => Object.hasOwn(from, name) && from[name] !== to[name]),
  }
}
