import { REPORT_LIMITS } from './limits.ts'
import { type Place, PlaceClock, ReportError } from './problem.ts'

/** A number keeps its text, so that none is rounded; an object and a list know where they stand. */
export type JsonValue = string | boolean | null | JsonNumber | JsonList | JsonObject
export type JsonNumber = { is: 'number'; text: string }
export type JsonList = { is: 'list'; at: Place; entries: JsonValue[] }
export type JsonObject = { is: 'object'; at: Place; members: Map<string, JsonValue> }

/** What may come next. `first…`: an empty list or object may end here. */
type Wanted = 'value' | 'firstValue' | 'name' | 'firstName' | 'colon' | 'comma' | 'nothing'
type Container = { value: JsonList | JsonObject; name: string }

const BLANK = /[ \t\n\r]*/y
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** What a number or a word is made of; which one it is, is decided when it has ended. */
const BARE = /[-+.\w]*/y
// Up to a quote or a backslash; control characters may not stand in a text (RFC 8259, 7).
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const ESCAPE_LENGTH = 6
const LONGEST_NUMBER = 1_000
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])
const TOO_EARLY = 'the file ends too early'

/**
 * JSON (RFC 8259) as it streams in, with its bounds and places: never more than what was understood is held, and at most one
 * escape or number that is not whole yet. A member that is named twice is refused, since readers do not agree on which one
 * counts. Throws ReportError.
 */
export class JsonParser {
  private text = ''
  private offset = 0
  private readonly clock = new PlaceClock()
  private isLast = false
  private wanted: Wanted = 'value'
  private readonly open: Container[] = []
  private root: JsonValue | undefined
  private values = 0
  /** The pieces of a text that has begun and not ended, and where it began. */
  private pieces: string[] | null = null
  private length = 0
  private start: Place = { line: 1, column: 1 }

  write(text: string): void {
    this.clock.leave(this.text, this.offset)
    this.text = this.text.slice(this.offset) + text
    this.offset = 0
    while (this.step());
  }

  /** The whole value, once everything was written. */
  end(): JsonValue {
    this.isLast = true
    this.write('')
    if (this.pieces !== null) this.fail('a text has no closing quote', this.start)
    if (this.root === undefined || this.wanted !== 'nothing') return this.fail(TOO_EARLY)
    return this.root
  }

  /** One step; false when more text is needed. */
  private step(): boolean {
    if (this.pieces !== null) return this.string(this.pieces)
    this.match(BLANK)
    const next = this.text.charAt(this.offset)
    if (next === '') return false
    switch (this.wanted) {
      case 'nothing':
        return this.fail('something stands after the end of the JSON')
      case 'colon':
        if (next !== ':') this.fail('a colon is missing')
        return this.pass('value')
      case 'comma':
        return this.comma(next)
      case 'firstName':
      case 'name':
        if (next === '}' && this.wanted === 'firstName') return this.close()
        if (next !== '"') this.fail('a name in double quotes is missing')
        return this.begin()
      case 'firstValue':
        if (next === ']') return this.close()
        return this.value(next)
      case 'value':
        return this.value(next)
    }
  }

  private pass(wanted: Wanted): true {
    this.offset++
    this.wanted = wanted
    return true
  }

  private comma(next: string): boolean {
    const isObject = this.open.at(-1)?.value.is === 'object'
    const end = isObject ? '}' : ']'
    if (next === end) return this.close()
    if (next !== ',') this.fail(`a comma or ${end} is missing`)
    return this.pass(isObject ? 'name' : 'value')
  }

  private value(next: string): boolean {
    if (this.values >= REPORT_LIMITS.values) this.fail(`a report has at most ${REPORT_LIMITS.values} values`)
    if (this.open.length > REPORT_LIMITS.depth)
      this.fail(`values stand at most ${REPORT_LIMITS.depth} deep in each other`)
    if (next === '"') return this.begin()
    if (next === '{') return this.enter({ is: 'object', at: this.here(), members: new Map() }, 'firstName')
    if (next === '[') return this.enter({ is: 'list', at: this.here(), entries: [] }, 'firstValue')
    return this.bare()
  }

  private enter(value: JsonList | JsonObject, wanted: Wanted): true {
    this.values++
    this.open.push({ value, name: '' })
    return this.pass(wanted)
  }

  private close(): true {
    this.offset++
    const closed = this.open.pop()
    if (closed) this.place(closed.value)
    return true
  }

  /** Puts what is whole where it belongs. */
  private place(value: JsonValue): void {
    const within = this.open.at(-1)
    this.wanted = within ? 'comma' : 'nothing'
    if (within === undefined) this.root = value
    else if (within.value.is === 'list') within.value.entries.push(value)
    else within.value.members.set(within.name, value)
  }

  /** A number, true, false or null. */
  private bare(): boolean {
    const from = this.offset
    const text = this.match(BARE)
    if (text.length > LONGEST_NUMBER) this.fail(`a number has at most ${LONGEST_NUMBER} characters`, from)
    if (!this.isLast && this.offset === this.text.length) {
      this.offset = from
      return false
    }
    const word = WORDS.get(text)
    if (word === undefined && !NUMBER.test(text)) this.fail('a JSON value is missing', from)
    this.values++
    this.place(word === undefined ? { is: 'number', text } : word)
    return true
  }

  private begin(): true {
    this.start = this.here()
    this.offset++
    this.pieces = []
    this.length = 0
    return true
  }

  private string(pieces: string[]): boolean {
    this.add(pieces, this.match(PLAIN))
    const next = this.text.charAt(this.offset)
    if (next === '"') {
      this.offset++
      this.pieces = null
      // Every escape was checked, so this cannot fail.
      this.said(JSON.parse(`"${pieces.join('')}"`) as string)
      return true
    }
    if (next === '' || (this.text.length - this.offset < ESCAPE_LENGTH && next === '\\' && !this.isLast))
      return this.isWholeEscape(pieces)
    const escaped = this.match(ESCAPE)
    if (escaped === '')
      this.fail(next === '\\' ? 'this is no escape of JSON' : 'a control character stands in a text')
    this.add(pieces, escaped)
    return true
  }

  /** Near the end of what has come, an escape may be whole or not. */
  private isWholeEscape(pieces: string[]): boolean {
    const escaped = this.match(ESCAPE)
    this.add(pieces, escaped)
    return escaped !== ''
  }

  private add(pieces: string[], piece: string): void {
    if (piece === '') return
    pieces.push(piece)
    this.length += piece.length
    if (this.length > REPORT_LIMITS.jsonText)
      this.fail(`a text of JSON has at most ${REPORT_LIMITS.jsonText} characters`, this.start)
  }

  /** A text is a name or a value, by what was wanted. */
  private said(text: string): void {
    const within = this.open.at(-1)
    if ((this.wanted !== 'name' && this.wanted !== 'firstName') || within?.value.is !== 'object') {
      this.values++
      this.place(text)
      return
    }
    if (within.value.members.has(text))
      this.fail(`"${text.slice(0, 40)}" stands twice in one object`, this.start)
    within.name = text
    this.wanted = 'colon'
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.offset
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.offset += found.length
    return found
  }

  private here(offset = this.offset): Place {
    return this.clock.at(this.text, offset)
  }

  private fail(message: string, where: Place | number = this.offset): never {
    throw new ReportError({ ...(typeof where === 'number' ? this.here(where) : where), message })
  }
}
