import { matchItems } from './match-items.ts'
import { isCertain, type MatchHow, type MatchModel } from './matching.ts'
import type { TemplateItem, TemplateModel } from './model.ts'

/** `line` counts in the text as it will be published, `at` in the one that was brought; edits go by `at`. */
export type Placed = { line: number; at: number }
type Wording = { key: string; text: string; path: string[] }

export type IdentityReview = {
  /** Number of the version that the items are compared with. */
  basedOn: number
  /** How many go on without a question: their words are the same, or an id says so. */
  certain: number
  /** What has to be looked at: each later item beside the earlier one that it seems to be. */
  asked: (Wording & Placed & { how: MatchHow; score: number; earlier: Wording })[]
  added: (Wording & Placed)[]
  gone: Wording[]
}

/** Which items go on from the latest version, for a person to confirm before the next one is published. */
export function reviewIdentity(input: {
  earlier: { number: number; model: MatchModel }
  later: TemplateModel
  placeOf: (key: string) => Placed
}): IdentityReview {
  const { earlier, later, placeOf } = input
  const matches = matchItems({ earlier: earlier.model, later })
  const [before, after] = [wordings(earlier.model), wordings(later)]
  const review: IdentityReview = { basedOn: earlier.number, certain: 0, asked: [], added: [], gone: [] }
  for (const match of matches.items) {
    const word = after.get(match.laterKey)
    if (word === undefined) continue
    const known = match.earlierKey === null ? undefined : before.get(match.earlierKey)
    const place = { ...word, ...placeOf(match.laterKey) }
    if (known === undefined) review.added.push(place)
    else if (isCertain(match)) review.certain++
    else review.asked.push({ ...place, how: match.how, score: match.score, earlier: known })
  }
  review.gone = matches.gone.flatMap((key) => before.get(key) ?? [])
  return review
}

function wordings({ items, sections }: MatchModel): Map<TemplateItem['key'], Wording> {
  const paths = new Map(sections.map(({ key, path }) => [key, path]))
  return new Map(
    items.map(({ key, text, sectionKey }) => [key, { key, text, path: paths.get(sectionKey) ?? [] }]),
  )
}
