import { firstOf, nameOf, unknown } from './forge-words.ts'
import type { Found } from './judged.ts'
import type { ForgeObservation, ForgePull, ForgeReview, RequiredReviews } from './observations/forge.ts'

type Approved = {
  pull: ForgePull
  seen: ForgeObservation
  /** At least one, and nobody wants changes. */
  approving: readonly ForgeReview[]
  observed: string
}

/** GitHub’s words for a request that no rule of its branch holds up. */
const FREE = ['clean', 'unstable', 'has_hooks']

/** As many as the rules want, by whom they want, to the commit that they want; nothing that is not known is taken for given. */
export function requiredApprovals({ pull, seen, approving, observed }: Approved): Found {
  const required = seen.required?.reviews ?? null
  if (required === null) return unknown('which approvals are required is not known')
  const { of, rules, unread } = required
  const missing = rules.filter(({ count, met }) => met === false || count > approving.length)
  if (missing.length > 0) {
    const wishes = missing.map(({ name, count }) => `${count} by ${name}`)
    return { observed: `${observed}; required: ${firstOf(wishes, 3)}`, value: false }
  }
  const last = lastPush(required, approving)
  if (last.value === false) return { observed: `${observed}; ${last.words}`, value: false }
  if (unread.length > 0) return unknown(`what ${of} requires could not be read: ${firstOf(unread, 3)}`)
  if (rules.length === 0) return unknown(`${observed}; ${of} requires no approvals`)
  if (last.value === null) return unknown(`${observed}; ${last.words}`)
  if (required.owners && !(pull.state === 'open' && FREE.includes(pull.mergeSaid ?? '')))
    return unknown(
      `${observed}; whether code owners are among them is not told while ${nameOf(pull, seen)} is ${pull.mergeSaid ?? pull.state}`,
    )
  const most = Math.max(...rules.map(({ count }) => count))
  return { observed: `${observed}; ${most} required by ${of}`, value: true }
}

/** One of them has to be given to the last commit, by somebody who neither wrote nor committed it. */
function lastPush(
  { lastPush: isAsked, pushedBy }: RequiredReviews,
  approving: readonly ForgeReview[],
): { value: boolean | null; words: string } {
  if (!isAsked) return { value: true, words: '' }
  const fresh = approving.filter(({ atHead }) => atHead === true)
  if (fresh.length === 0) return { value: false, words: 'none of them at the last push, as is required' }
  if (pushedBy === null) return { value: null, words: 'who pushed last is not told' }
  const pushers = pushedBy.map((login) => login.toLowerCase())
  if (fresh.some(({ by }) => !pushers.includes(by.toLowerCase()))) return { value: true, words: '' }
  return { value: false, words: 'at the last push by nobody but who pushed it' }
}
