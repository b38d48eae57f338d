/** A problem inside an annotation; `offset` counts from the start of the annotation's body. */
export type Wrong = { offset: number; message: string; fix: string | null }
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: Wrong }

/** `name` or `name=value`; the value without its quotes. */
export type Word = { name: string; value: string | null; offset: number; valueOffset: number; end: number }

/**
 * Words and `name=value` pairs; a value may hold parentheses, and blanks where it is in double quotes. A cursor that only
 * moves forward: every character is looked at a bounded number of times.
 */
export function splitWords(body: string, known: string): Parsed<Word[]> {
  const words: Word[] = []
  const blanks = /\s*/y
  const pattern = /([^\s="]+)(?:(=)(?:"([^"]*)"|([^\s"]*)))?/y
  let end = 0
  for (;;) {
    blanks.lastIndex = end
    blanks.test(body)
    const offset = blanks.lastIndex
    if (offset >= body.length) return { ok: true, value: words }
    pattern.lastIndex = offset
    const match = pattern.exec(body)
    if (match === null) return problem({ offset, message: `expected a setting: ${known}`, fix: null })
    end = pattern.lastIndex
    const name = (match[1] ?? '').toLowerCase()
    const quoted = match[3] !== undefined
    if (!quoted && match[2] !== undefined && body.charAt(end) === '"')
      return problem({ offset: end, message: 'a double quote is not closed', fix: 'close it with "' })
    const value = match[2] === undefined ? null : (match[3] ?? match[4] ?? '')
    words.push({ name, value, offset, valueOffset: offset + name.length + (quoted ? 2 : 1), end })
  }
}

export function problem(wrong: Wrong): { ok: false; problem: Wrong } {
  return { ok: false, problem: wrong }
}
