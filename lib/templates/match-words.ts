import { assignPairs, type Pair } from './assign.ts'
import { type Found, type MatchModel, mayBeOne } from './matching.ts'
import type { TemplateItem } from './model.ts'
import { likeness, NO_WORDS, type Weighed, weighWords } from './word-weights.ts'

/** What decides: the words first; the section and the neighbours tip the scale between two that read alike. */
const SHARE = { words: 0.8, section: 0.1, neighbours: 0.1 }
const LEAST = 0.5
/** Candidates that are weighed for one item; more would make long checklists of near-equal lines slow. */
const CANDIDATES = 12
/** A word in more items than this finds too many; the rarer words of the same item find them better. */
const COMMON = 60
const FINE = 1_000

/** Pairs what is left of two versions by likeness of words, one to one, as a whole as alike as can be. */
export function fuzzyMatches(input: {
  earlier: MatchModel
  later: MatchModel
  found: ReadonlyMap<TemplateItem, Found>
  left: ReadonlySet<TemplateItem>
}): Map<TemplateItem, Found> {
  const rest = input.later.items.filter((item) => !input.found.has(item))
  const open = input.earlier.items.filter((item) => input.left.has(item))
  const weights = weighWords({ earlier: open.map(({ text }) => text), later: rest.map(({ text }) => text) })
  const numbers = new Map(input.earlier.items.map((item, index) => [item, index]))
  const places = placesOf({ ...input, numbers })
  const byWord = indexWords(weights.earlier)
  const pairs: Pair[] = []
  for (const [left, item] of rest.entries()) {
    const words = weights.later[left] ?? NO_WORDS
    const place = places.get(item)
    const weighed = candidatesOf(words, byWord).flatMap((right) => {
      const earlier = open[right]
      if (!earlier || !mayBeOne(earlier, item)) return []
      const at = numbers.get(earlier) ?? -1
      const isBetween = place !== undefined && at > place.after && at < place.before
      const score =
        SHARE.words * likeness(words, weights.earlier[right] ?? NO_WORDS) +
        (earlier.sectionKey === item.sectionKey ? SHARE.section : 0) +
        (isBetween ? SHARE.neighbours : 0)
      return score < LEAST ? [] : [{ left, right, worth: Math.round(score * FINE) }]
    })
    pairs.push(...weighed)
  }
  const assigned = assignPairs(pairs)
  const worth = new Map(pairs.map((pair) => [`${pair.left} ${pair.right}`, pair.worth]))
  return new Map(
    [...assigned].flatMap(([left, right]) => {
      const [item, earlier] = [rest[left], open[right]]
      if (!item || !earlier) return []
      const how = earlier.sectionKey === item.sectionKey ? 'reworded' : 'reworded and moved'
      return [[item, { earlier, how, score: (worth.get(`${left} ${right}`) ?? 0) / FINE }] as const]
    }),
  )
}

function indexWords(weights: readonly Weighed[]): Map<string, number[]> {
  const byWord = new Map<string, number[]>()
  for (const [index, { words }] of weights.entries()) {
    for (const word of words.keys()) {
      const list = byWord.get(word)
      if (list) list.push(index)
      else byWord.set(word, [index])
    }
  }
  return byWord
}

/** Earlier items that share weighty words, the most promising first. */
function candidatesOf({ words }: Weighed, byWord: ReadonlyMap<string, number[]>): number[] {
  const shared = new Map<number, number>()
  const rarest = [...words.keys()].sort((a, b) => (byWord.get(a)?.length ?? 0) - (byWord.get(b)?.length ?? 0))
  for (const word of rarest) {
    const list = byWord.get(word) ?? []
    if (list.length > COMMON && shared.size > 0) break
    for (const index of list.slice(0, COMMON))
      shared.set(index, (shared.get(index) ?? 0) + (words.get(word) ?? 0))
  }
  return [...shared]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CANDIDATES)
    .map(([index]) => index)
}

/** Between which numbers of the earlier document a later item stands: those that its nearest matched neighbours continue. */
function placesOf(input: {
  later: MatchModel
  found: ReadonlyMap<TemplateItem, Found>
  numbers: ReadonlyMap<TemplateItem, number>
}): Map<TemplateItem, { after: number; before: number }> {
  const places = new Map<TemplateItem, { after: number; before: number }>()
  const numberOf = ({ earlier }: Found) => input.numbers.get(earlier) ?? -1
  let after = -1
  for (const item of input.later.items) {
    const match = input.found.get(item)
    if (match) after = numberOf(match)
    else places.set(item, { after, before: Number.POSITIVE_INFINITY })
  }
  let before = Number.POSITIVE_INFINITY
  for (const item of [...input.later.items].reverse()) {
    const match = input.found.get(item)
    const place = places.get(item)
    if (match) before = numberOf(match)
    else if (place) place.before = before
  }
  return places
}
