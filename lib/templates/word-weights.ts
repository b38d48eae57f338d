import { wordsOf } from './stages.ts'

/** The words of a text with their weights, and the sum of these. */
export type Weighed = { words: Map<string, number>; whole: number }
export const NO_WORDS: Weighed = { words: new Map(), whole: 0 }

/** Scripts that are written without blanks: there a word is a character, or two neighbours. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const STEM = 4
/** Longest text whose words are looked at, in UTF-16 units. */
const LOOKED_AT = 600

/** "backup" and "backups" share one, "500ms" and "300ms" too. */
function stemOf(word: string): string {
  return /\d/.test(word) ? word.replace(/\d+/g, '#') : [...word].slice(0, STEM).join('')
}

/** Words and their stems, in order; stems are marked so as not to be words. */
function partsOf(text: string): string[] {
  const parts: string[] = []
  for (const word of wordsOf(text.slice(0, LOOKED_AT).replace(/[`*_~]+/g, '')).split(' ')) {
    if (word === '') continue
    if (!UNSPACED.test(word)) {
      parts.push(word, `${stemOf(word)}…`)
      continue
    }
    const characters = [...word]
    for (const [index, character] of characters.entries()) {
      parts.push(character)
      const next = characters[index + 1]
      if (next !== undefined) parts.push(character + next)
    }
  }
  return parts
}

/**
 * Weighs the words of two lists of texts: what stands in every other item ("verify", "the") says little about which one it
 * is. Linear in the length of the texts.
 */
export function weighWords({ earlier, later }: { earlier: readonly string[]; later: readonly string[] }): {
  earlier: Weighed[]
  later: Weighed[]
} {
  const [before, after] = [earlier.map(partsOf), later.map(partsOf)]
  const [inBefore, inAfter] = [countOf(before), countOf(after)]
  const most = Math.max(earlier.length, later.length)
  const weightOf = (part: string) => {
    const often = Math.max(inBefore.get(part) ?? 0, inAfter.get(part) ?? 0, 1)
    return Math.log(1 + most / often) * (part.endsWith('…') ? 0.5 : 1)
  }
  const weigh = (parts: string[]): Weighed => {
    const words = new Map<string, number>()
    let whole = 0
    for (const part of parts) {
      const weight = weightOf(part)
      words.set(part, (words.get(part) ?? 0) + weight)
      whole += weight
    }
    return { words, whole }
  }
  return { earlier: before.map(weigh), later: after.map(weigh) }
}

/** In how many texts each part stands. */
function countOf(texts: string[][]): Map<string, number> {
  const found = new Map<string, number>()
  for (const parts of texts) for (const part of new Set(parts)) found.set(part, (found.get(part) ?? 0) + 1)
  return found
}

/** How much two texts have in common, 0 to 1 (Dice's coefficient, by weight). The order of words is left out. */
export function likeness(one: Weighed, other: Weighed): number {
  let shared = 0
  for (const [word, weight] of one.words) shared += Math.min(weight, other.words.get(word) ?? 0)
  return shared === 0 ? 0 : (2 * shared) / (one.whole + other.whole)
}
