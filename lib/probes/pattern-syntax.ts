/** `size`: how many characters it compares at most, its repetitions written out; what a search costs grows with it. */
export type ReadPattern = { ok: true; size: number } | { ok: false; offset: number; message: string }

const MOST_REPEATS = 1000
const MOST_SIZE = 2000
const MOST_DEPTH = 50

const CLASSES =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/
const SETS =
  /^\\(?:[dDsSwW]|[pP](?:[LMNPSZC]|\{\^?(?:L[ulmto]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cf]?|Latin|Greek|Cyrillic|Arabic|Hebrew|Han|Hangul|Hiragana|Katakana|Thai|Devanagari)\}))/
const PLACES = /^\\[bBAz]/
const CHARACTER = /^\\(?:[aftnrv]|x[0-9a-fA-F]{2}|x\{(?:[0-9a-fA-F]{1,5}|10[0-9a-fA-F]{4})\}|[!-/:-@[-`{-~ ])/
const GROUP = /^\((?:\?(?:P?<([A-Za-z_]\w{0,31})>|[imsU]*(?:-[imsU]+)?([:)])))?/
const REPEAT = /^(?:[*+?]|\{(\d+)(?:(,)(\d+)?)?\})/
const NAMED: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }

class Refused extends Error {
  readonly offset: number
  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/**
 * Reads the syntax of RE2 (github.com/google/re2/wiki/Syntax) without octal escapes and \Q…\E, so that the schema and the editor know
 * what can be searched for without the engine, which only the worker needs. Whatever this takes the engine takes.
 */
export function readPattern(text: string): ReadPattern {
  const reader = new Reader(text)
  try {
    const { size } = reader.alternatives(0)
    if (!reader.atEnd()) throw new Refused(reader.offset, 'a parenthesis closes nothing')
    if (size > MOST_SIZE)
      throw new Refused(0, `with its repetitions written out it is longer than ${MOST_SIZE} characters`)
    return { ok: true, size: Math.max(1, size) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, offset: error.offset, message: error.message }
    throw error
  }
}

export function isPattern(text: string): boolean {
  return readPattern(text).ok
}

/** A text as an expression that matches it and nothing else, also inside of a class. */
export function literalPattern(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&')
}

/** `repeats`: the largest product of repetitions inside one another. */
type Part = { size: number; repeats: number }

class Reader {
  readonly text: string
  offset = 0
  readonly names = new Set<string>()
  constructor(text: string) {
    this.text = text
  }

  atEnd(): boolean {
    return this.offset >= this.text.length
  }

  alternatives(depth: number): Part {
    if (depth > MOST_DEPTH) throw new Refused(this.offset, 'it nests too deeply')
    const whole = { size: 0, repeats: 1 }
    let canRepeat = false
    while (!this.atEnd() && this.text[this.offset] !== ')') {
      const start = this.offset
      if (this.take(/^\|/) !== null) canRepeat = false
      else if (this.isRepeat()) {
        throw new Refused(start, canRepeat ? 'a repetition is repeated' : 'there is nothing to repeat')
      } else {
        const part = this.repeated(this.atom(depth))
        if (part === null) {
          canRepeat = false
          continue
        }
        canRepeat = true
        whole.size += part.size
        whole.repeats = Math.max(whole.repeats, part.repeats)
      }
    }
    return whole
  }

  private take(form: RegExp): RegExpExecArray | null {
    const found = form.exec(this.text.slice(this.offset))
    if (found !== null) this.offset += found[0].length
    return found
  }

  private isRepeat(): boolean {
    return REPEAT.test(this.text.slice(this.offset))
  }

  /** Null for what only sets flags. */
  private atom(depth: number): Part | null {
    const start = this.offset
    const group = this.take(GROUP)
    if (group !== null) return this.group(group, { depth, start })
    if (this.text[start] === '[') return this.set()
    if (this.text[start] !== '\\') {
      this.character()
      return { size: 1, repeats: 1 }
    }
    if (this.take(SETS) !== null || this.take(PLACES) !== null) return { size: 1, repeats: 1 }
    this.character()
    return { size: 1, repeats: 1 }
  }

  private group(
    [, name, end]: RegExpExecArray,
    { depth, start }: { depth: number; start: number },
  ): Part | null {
    if (name === undefined && end === undefined && this.text[this.offset] === '?')
      throw new Refused(start, 'this kind of group is not known; nothing looks ahead or behind')
    if (name !== undefined) {
      if (this.names.has(name)) throw new Refused(start, `the group ${name} is named twice`)
      this.names.add(name)
    }
    if (end === ')') return null
    const inside = this.alternatives(depth + 1)
    if (this.take(/^\)/) === null) throw new Refused(start, 'the parenthesis is not closed')
    return { ...inside, size: inside.size + 1 }
  }

  private repeated(part: Part | null): Part | null {
    const start = this.offset
    if (part === null || !this.isRepeat()) return part
    const [sign = '', least, comma, most] = this.take(REPEAT) ?? []
    this.take(/^\?/)
    if (this.isRepeat()) throw new Refused(this.offset, 'a repetition is repeated')
    if (least === undefined) return { ...part, size: part.size + (sign === '?' ? 0 : 1) }
    const times =
      Math.max(Number(least), Number(most ?? 0)) + (comma !== undefined && most === undefined ? 1 : 0)
    if (
      Number(least) > MOST_REPEATS ||
      (most !== undefined && (Number(most) > MOST_REPEATS || Number(most) < Number(least)))
    )
      throw new Refused(start, `a repetition is from 0 to ${MOST_REPEATS}, the smaller number first`)
    const repeats = part.repeats * Math.max(1, Number(most ?? least))
    if (repeats > MOST_REPEATS)
      throw new Refused(start, `repetitions inside one another come to more than ${MOST_REPEATS}`)
    return { size: part.size * Math.max(1, times), repeats }
  }

  /** One character, escaped or not, as its code point. */
  private character(): number {
    const start = this.offset
    if (this.text[start] !== '\\') {
      const code = this.text.codePointAt(start) ?? 0
      this.offset += code > 0xffff ? 2 : 1
      return code
    }
    const [written = ''] = this.take(CHARACTER) ?? []
    if (written === '') throw new Refused(start, `\\${this.text[start + 1] ?? ''} is not an escape of RE2`)
    if (written.startsWith('\\x')) return Number.parseInt(written.replace(/[^0-9a-fA-F]/g, ''), 16)
    return NAMED[written.slice(1)] ?? written.charCodeAt(1)
  }

  private set(): Part {
    const start = this.offset
    this.take(/^\[\^?/)
    for (let isFirst = true; isFirst || this.text[this.offset] !== ']'; isFirst = false) {
      if (this.atEnd()) throw new Refused(start, 'the bracket is not closed')
      if (this.take(CLASSES) !== null || this.take(SETS) !== null) continue
      const at = this.offset
      if (this.text.startsWith('[:', at)) throw new Refused(at, 'this class of characters is not known')
      const least = this.character()
      if (this.text[this.offset] !== '-' || this.atEnd() || this.text[this.offset + 1] === ']') continue
      this.offset += 1
      if (this.atEnd()) throw new Refused(start, 'the bracket is not closed')
      if (this.character() < least) throw new Refused(at, 'the range runs backwards')
    }
    this.offset += 1
    return { size: 1, repeats: 1 }
  }
}
