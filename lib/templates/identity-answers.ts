import type { Identity } from './keep-keys.ts'
import type { IdentityReview } from './review-identity.ts'

/** Whether an item is the earlier one that it seems to be, a new one, or goes on from the one of this key. */
export type IdentityAnswer = 'same' | 'new' | { continues: string }
/** By `at`, the line in the text that was brought. */
export type IdentityAnswers = Readonly<Record<string, IdentityAnswer>>
type Asked = Pick<IdentityReview, 'asked' | 'added' | 'gone'>
type Earlier = IdentityReview['gone'][number]

/** Which earlier item each later one goes on from, by the answers; at most one later item for each. */
function claims({ asked, added, gone }: Asked, answers: IdentityAnswers): Map<number, Earlier> {
  const claimed = new Map<number, Earlier>()
  const open = new Map(gone.map((earlier) => [earlier.key, earlier]))
  for (const { at, earlier } of asked) {
    if (answers[at] === 'same') claimed.set(at, earlier)
    else if (answers[at] !== undefined) open.set(earlier.key, earlier)
  }
  for (const { at } of [...asked, ...added]) {
    const answer = answers[at]
    if (typeof answer !== 'object') continue
    const earlier = open.get(answer.continues)
    if (!earlier) continue
    open.delete(answer.continues)
    claimed.set(at, earlier)
  }
  return claimed
}

/** The earlier item that a person named for the one at this line; null where none was named or it is taken. */
export function namedFor(review: Asked, input: { answers: IdentityAnswers; at: number }): Earlier | null {
  if (typeof input.answers[input.at] !== 'object') return null
  return claims(review, input.answers).get(input.at) ?? null
}

/** The earlier items that no later one goes on from, as far as it is answered. */
export function freeItems(review: Asked, answers: IdentityAnswers): Earlier[] {
  const taken = new Set([...claims(review, answers).values()].map(({ key }) => key))
  const given = review.asked.flatMap(({ at, earlier }) =>
    answers[at] === undefined || answers[at] === 'same' ? [] : [earlier],
  )
  return [...review.gone, ...given].filter(({ key }) => !taken.has(key))
}

/** What the answers say to the command: each asked item, and each new one that a person paired. */
export function identityOf(review: Asked, answers: IdentityAnswers): Identity {
  const claimed = claims(review, answers)
  return Object.fromEntries([
    ...review.asked.map(({ key, at }) => [key, claimed.get(at)?.key ?? null] as const),
    ...review.added.flatMap(({ key, at }) => {
      const earlier = claimed.get(at)
      return earlier ? [[key, earlier.key] as const] : []
    }),
  ])
}
