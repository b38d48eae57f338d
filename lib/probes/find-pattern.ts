import { RE2JS } from 're2js'
import { readPattern } from './pattern-syntax.ts'

/** Characters of a text times the size of an expression: what is searched for one observation, so that it takes well under a second. */
const MOST_WORK = 16 * 1024 * 1024
const MOST_CHARACTERS = 1024 * 1024

export type PatternFind = {
  pattern: string
  /** Null: undecided, as the text was not seen or not searched whole. */
  found: boolean | null
  /** How many UTF-16 units were searched. */
  searched: number
}

/**
 * Looks for expressions in one text. `^` and `$` are its ends unless the expression says `(?m)`. `isWhole: false`: the text went on. Of a
 * text that is not searched to its end, what was not found and what was found right at the cut is undecided: the end is not one.
 */
export function findPatterns(
  patterns: readonly string[],
  { text, isWhole }: { text: string; isWhole: boolean },
): PatternFind[] {
  return [...new Set(patterns)].map((pattern, _index, { length }) => {
    const read = readPattern(pattern)
    if (!read.ok) return { pattern, found: null, searched: 0 }
    const most = Math.min(MOST_CHARACTERS, Math.floor(MOST_WORK / read.size / length))
    const part = text.slice(0, most)
    const isToEnd = isWhole && part.length === text.length
    const matcher = RE2JS.compile(pattern).matcher(part)
    const found = matcher.find() ? isToEnd || matcher.end() < part.length || null : isToEnd ? false : null
    return { pattern, found, searched: part.length }
  })
}

/** Whether an expression is found in any of a header's lines, each looked at alone. */
export function findInLines(pattern: string, lines: readonly string[]): boolean | null {
  const finds = lines.map((text) => findPatterns([pattern], { text, isWhole: true })[0]?.found ?? null)
  return finds.includes(true) ? true : finds.includes(null) ? null : false
}
