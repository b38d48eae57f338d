import { namesOf } from './forge-words.ts'
import type { ForgeReview } from './observations/forge.ts'

const WHY = { author: 'the author', bot: 'a program', outsider: 'outside the project' } as const

export function wordsOfReviews({
  approving,
  against,
  reviews,
}: Record<'approving' | 'against' | 'reviews', readonly ForgeReview[]>): string {
  const uncounted = reviews.flatMap(({ by, state, discounted }) =>
    state === 'approved' && discounted !== null ? [`${by} does not count (${WHY[discounted]})`] : [],
  )
  return [
    approving.length === 0 ? 'approved by nobody' : `approved by ${namesOf(approving)}`,
    ...(against.length === 0 ? [] : [`changes wanted by ${namesOf(against)}`]),
    ...uncounted.slice(0, 3),
  ].join('; ')
}
