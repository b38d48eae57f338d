import type { ForgeReview } from './observations/forge.ts'

/** One review as a forge tells it, in the order in which they were given. */
export type GivenReview = {
  by: string | null
  state: ForgeReview['state']
  atHead: boolean | null
  isBot: boolean
  isInside: boolean
  at?: string
  url?: string
}

/** Names of people compare without case on both forges. */
const same = (left: string | null, right: string | null): boolean =>
  left !== null && right !== null && left.toLowerCase() === right.toLowerCase()

/** The last word of each person; a comment takes nothing back, so it is none of these. */
export function lastWords(given: readonly GivenReview[], author: string | null): ForgeReview[] {
  const last = new Map<string, GivenReview>()
  for (const review of given) {
    const key = review.by?.toLowerCase() ?? 'somebody whose account is gone'
    last.delete(key)
    last.set(key, review)
  }
  return [...last.values()].map(({ by, state, atHead, isBot, isInside, ...where }) => ({
    by: by ?? 'somebody whose account is gone',
    state,
    atHead,
    discounted: same(by, author) ? 'author' : isBot ? 'bot' : by === null || !isInside ? 'outsider' : null,
    ...where,
  }))
}
