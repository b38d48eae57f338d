import { z } from 'zod'
import { type GivenReview, lastWords } from './forge-reviews.ts'
import type { ForgeCheckRun, ForgePull, ForgeReview } from './observations/forge.ts'

// What is read of GitHub's REST API (version 2022-11-28, OpenAPI description of rest/commits, rest/pulls, rest/checks).
const user = z.object({ login: z.string(), type: z.string().nullish() }).nullish()

export const githubCommit = z.object({ sha: z.string() })
export const githubFound = z.object({
  number: z.int(),
  state: z.string(),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  head: z.object({ sha: z.string() }),
})
export const githubPull = z.object({
  number: z.int(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  draft: z.boolean().nullish(),
  user,
  head: z.object({ sha: z.string() }),
  mergeable: z.boolean().nullish(),
  mergeable_state: z.string().nullish(),
})
export const githubReview = z.object({
  user,
  state: z.string(),
  commit_id: z.string().nullish(),
  author_association: z.string().nullish(),
})
export const githubCheckRuns = z.object({
  total_count: z.int(),
  check_runs: z.array(z.object({ name: z.string(), status: z.string(), conclusion: z.string().nullish() })),
})
export const githubStatus = z.object({
  total_count: z.int(),
  statuses: z.array(z.object({ context: z.string(), state: z.string() })),
})

export function githubRequest(pull: z.infer<typeof githubPull>): ForgePull {
  return {
    number: pull.number,
    state: pull.merged ? 'merged' : pull.state,
    draft: pull.draft ?? false,
    author: pull.user?.login ?? null,
    head: pull.head.sha,
    mergeable: pull.mergeable ?? null,
    mergeSaid: pull.mergeable_state ?? null,
  }
}

const REVIEWS: Readonly<Record<string, ForgeReview['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  DISMISSED: 'dismissed',
}
/** Anybody may review in a public repository; only these belong to it. */
const INSIDE = ['OWNER', 'MEMBER', 'COLLABORATOR']

export function githubReviews(
  reviews: readonly z.infer<typeof githubReview>[],
  { author, head }: ForgePull,
): ForgeReview[] {
  const given = reviews.flatMap((review): GivenReview[] => {
    const state = REVIEWS[review.state.toUpperCase()]
    if (state === undefined) return []
    return [
      {
        by: review.user?.login ?? null,
        state,
        atHead: review.commit_id == null ? null : review.commit_id === head,
        isBot: review.user?.type === 'Bot',
        isInside: INSIDE.includes(review.author_association ?? ''),
      },
    ]
  })
  return lastWords(given, author)
}

const CONCLUSIONS: Readonly<Record<string, ForgeCheckRun['state']>> = {
  success: 'success',
  neutral: 'neutral',
  skipped: 'neutral',
}

/** A conclusion that is not known here is a failure: what cannot be read is not green. */
export function githubChecks({ check_runs }: z.infer<typeof githubCheckRuns>): ForgeCheckRun[] {
  return check_runs.map(({ name, status, conclusion }) => {
    if (status !== 'completed') return { name, state: 'pending', said: status }
    const said = conclusion ?? 'no conclusion'
    return { name, state: CONCLUSIONS[said] ?? 'failure', said }
  })
}

export function githubStatuses({ statuses }: z.infer<typeof githubStatus>): ForgeCheckRun[] {
  return statuses.map(({ context, state }) => ({
    name: context,
    state: state === 'success' ? 'success' : state === 'pending' ? 'pending' : 'failure',
    said: state,
  }))
}
