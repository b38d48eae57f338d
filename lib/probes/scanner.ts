/** What is wrong with a probe's text. `offset` counts UTF-16 units from the start of the text given to the parser. */
export type ProbeProblem = { offset: number; message: string; expected: string[]; fix: string | null }

/** Thrown inside the parser only, and turned into a value at its door. */
export class GrammarError extends Error {
  readonly problem: ProbeProblem
  constructor(problem: ProbeProblem) {
    super(problem.message)
    this.problem = problem
  }
}

const WORD_END = /[\s,()"]/
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '>': '>',
}

/** A cursor that only moves forward: every character is looked at a bounded number of times. */
export class Scanner {
  readonly text: string
  offset = 0
  constructor(text: string) {
    this.text = text
  }

  skipBlanks(): void {
    while (/\s/.test(this.text.charAt(this.offset))) this.offset++
  }

  atEnd(): boolean {
    this.skipBlanks()
    return this.offset >= this.text.length
  }

  /** Takes `character` if it is next. */
  take(character: string): boolean {
    this.skipBlanks()
    if (this.text.charAt(this.offset) !== character) return false
    this.offset++
    return true
  }

  /** The next run of characters up to a blank, comma, parenthesis or quote, not consumed; '' when there is none. */
  peekWord(): string {
    this.skipBlanks()
    let end = this.offset
    while (end < this.text.length && !WORD_END.test(this.text.charAt(end))) end++
    return this.text.slice(this.offset, end)
  }

  word(): string {
    const word = this.peekWord()
    this.offset += word.length
    return word
  }

  /** The next run of characters up to a blank. */
  untilBlank(): string {
    this.skipBlanks()
    const start = this.offset
    while (this.offset < this.text.length && !/\s/.test(this.text.charAt(this.offset))) this.offset++
    return this.text.slice(start, this.offset)
  }

  isAtQuote(): boolean {
    this.skipBlanks()
    return this.text.charAt(this.offset) === '"'
  }

  /** A text in double quotes with the escapes \" \\ \> \n \r \t. */
  quoted(): string {
    const start = this.offset
    if (!this.take('"')) this.fail({ message: 'a text in double quotes is missing', expected: ['"text"'] })
    let text = ''
    while (this.offset < this.text.length) {
      const character = this.text.charAt(this.offset++)
      if (character === '"') return text
      if (character !== '\\') {
        text += character
        continue
      }
      const letter = this.text.charAt(this.offset++)
      const meant = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
      if (meant === undefined)
        this.fail({
          offset: this.offset - 2,
          message: `\\${letter} is not an escape`,
          expected: ['\\"', '\\\\', '\\>', '\\n', '\\r', '\\t'],
          fix: `write \\\\${letter} for a backslash`,
        })
      text += meant
    }
    return this.fail({
      offset: start,
      message: 'the text has no closing quote',
      expected: ['"'],
      fix: 'close the quote',
    })
  }

  fail(problem: { message: string; expected: string[]; offset?: number; fix?: string | null }): never {
    throw new GrammarError({
      offset: Math.min(problem.offset ?? this.offset, this.text.length),
      message: problem.message,
      expected: problem.expected,
      fix: problem.fix ?? null,
    })
  }
}

/** The known word that a typo most likely meant: at most two edits away, else null. Words beyond 24 letters are not compared. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (word.length === 0 || word.length > 24) return null
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= 2 && best.distance < best.candidate.length
    ? best.candidate
    : null
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
