import { REPORT_LIMITS } from './limits.ts'
import { placeOf, ReportError } from './problem.ts'

/** A number keeps its text, so that none is rounded; an object and a list know where they stand. */
export type JsonValue = string | boolean | null | JsonNumber | JsonList | JsonObject
export type JsonNumber = { is: 'number'; text: string }
export type JsonList = { is: 'list'; at: number; entries: JsonValue[] }
export type JsonObject = { is: 'object'; at: number; members: Map<string, JsonValue> }

const BLANK = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// Up to a quote or a backslash; control characters may not stand in a text (RFC 8259, 7).
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

/**
 * JSON (RFC 8259) with its bounds and places: a member that is named twice is refused, since readers do not agree on which
 * one counts. Throws ReportError.
 */
export function parseJson(text: string): JsonValue {
  const parser = new Parser(text)
  const value = parser.value(0)
  parser.end()
  return value
}

class Parser {
  private readonly text: string
  private offset = 0
  private values = 0
  constructor(text: string) {
    this.text = text
  }

  value(depth: number): JsonValue {
    this.blanks()
    if (++this.values > REPORT_LIMITS.values) this.fail(`a report has at most ${REPORT_LIMITS.values} values`)
    if (depth > REPORT_LIMITS.depth)
      this.fail(`values stand at most ${REPORT_LIMITS.depth} deep in each other`)
    const next = this.text.charAt(this.offset)
    if (next === '{') return this.object(depth)
    if (next === '[') return this.list(depth)
    if (next === '"') return this.string()
    const number = this.match(NUMBER)
    if (number !== '') return { is: 'number', text: number }
    for (const [word, value] of Object.entries(WORDS))
      if (this.text.startsWith(word, this.offset)) {
        this.offset += word.length
        return value ?? null
      }
    return this.fail(this.offset >= this.text.length ? 'the file ends too early' : 'a JSON value is missing')
  }

  end(): void {
    this.blanks()
    if (this.offset < this.text.length) this.fail('something stands after the end of the JSON')
  }

  private object(depth: number): JsonObject {
    const at = this.offset++
    const members = new Map<string, JsonValue>()
    if (this.take('}')) return { is: 'object', at, members }
    do {
      this.blanks()
      const start = this.offset
      if (this.text.charAt(start) !== '"') this.fail('a name in double quotes is missing')
      const name = this.string()
      if (members.has(name)) this.fail(`"${name.slice(0, 40)}" stands twice in one object`, start)
      if (!this.take(':')) this.fail('a colon is missing')
      members.set(name, this.value(depth + 1))
    } while (this.take(','))
    if (!this.take('}')) this.fail(this.atEnd() ? 'the file ends too early' : 'a comma or } is missing')
    return { is: 'object', at, members }
  }

  private list(depth: number): JsonList {
    const at = this.offset++
    const entries: JsonValue[] = []
    if (this.take(']')) return { is: 'list', at, entries }
    do entries.push(this.value(depth + 1))
    while (this.take(','))
    if (!this.take(']')) this.fail(this.atEnd() ? 'the file ends too early' : 'a comma or ] is missing')
    return { is: 'list', at, entries }
  }

  private string(): string {
    const start = this.offset++
    for (;;) {
      this.match(PLAIN)
      if (this.text.charAt(this.offset) === '"') {
        this.offset++
        // Every escape was checked, so this cannot fail.
        return JSON.parse(this.text.slice(start, this.offset)) as string
      }
      if (this.atEnd()) this.fail('a text has no closing quote', start)
      if (this.match(ESCAPE) === '')
        this.fail(
          this.text.charAt(this.offset) === '\\'
            ? 'this is no escape of JSON'
            : 'a control character stands in a text',
        )
    }
  }

  private atEnd(): boolean {
    return this.offset >= this.text.length
  }

  private take(character: string): boolean {
    this.blanks()
    if (this.text.charAt(this.offset) !== character) return false
    this.offset++
    return true
  }

  private blanks(): void {
    this.match(BLANK)
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.offset
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.offset += found.length
    return found
  }

  private fail(message: string, offset = this.offset): never {
    throw new ReportError({ ...placeOf(this.text, offset), message })
  }
}
