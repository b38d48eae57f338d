import { isCertain, type Matches, type MatchModel } from '#lib/templates/matching.ts'

/** An item that may be an earlier one: a person decides. */
export type Doubt = { key: string; text: string; earlierKey: string; before: string; moved: boolean }

/** The matches that nobody but a person can be sure of, in the text's order. */
export function doubtsOf({
  matches,
  earlier,
  later,
}: {
  matches: Matches
  earlier: MatchModel
  later: MatchModel
}): Doubt[] {
  const before = new Map(earlier.items.map(({ key, text }) => [key, text]))
  const now = new Map(later.items.map(({ key, text }) => [key, text]))
  return matches.items.flatMap((match) => {
    const { laterKey: key, earlierKey, how } = match
    if (earlierKey === null || isCertain(match)) return []
    const moved = how === 'moved' || how === 'reworded and moved'
    return [
      { key, text: now.get(key) ?? key, earlierKey, before: before.get(earlierKey) ?? earlierKey, moved },
    ]
  })
}
