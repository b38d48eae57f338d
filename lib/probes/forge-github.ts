import { z } from 'zod'
import { linked } from './forge-link.ts'
import { type GivenReview, lastWords } from './forge-reviews.ts'
import type { Report } from './forge-wanted.ts'
import type { ForgeCheckRun, ForgePull, ForgeReview } from './observations/forge.ts'

// What is read of GitHub's REST API (version 2022-11-28, OpenAPI description of rest/commits, rest/pulls, rest/checks).
const user = z.object({ login: z.string(), type: z.string().nullish() }).nullish()

const account = z.object({ login: z.string().nullish() }).nullish()

export const githubCommit = z.object({
  sha: z.string(),
  /** Of the same tree is the same content, file for file. */
  commit: z.object({ tree: z.object({ sha: z.string() }) }).nullish(),
  author: account,
  committer: account,
})
export type GithubCommit = z.infer<typeof githubCommit>
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
  base: z.object({ ref: z.string() }).nullish(),
  merge_commit_sha: z.string().nullish(),
  html_url: z.string().nullish(),
  mergeable: z.boolean().nullish(),
  mergeable_state: z.string().nullish(),
})
export const githubReview = z.object({
  user,
  state: z.string(),
  commit_id: z.string().nullish(),
  author_association: z.string().nullish(),
  submitted_at: z.string().nullish(),
  html_url: z.string().nullish(),
})
export const githubCheckRuns = z.object({
  total_count: z.int(),
  check_runs: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullish(),
      started_at: z.string().nullish(),
      completed_at: z.string().nullish(),
      html_url: z.string().nullish(),
      app: z.object({ id: z.int(), name: z.string() }).nullish(),
    }),
  ),
})
export const githubStatus = z.object({
  total_count: z.int(),
  statuses: z.array(
    z.object({
      id: z.number(),
      context: z.string(),
      state: z.string(),
      updated_at: z.string().nullish(),
      target_url: z.string().nullish(),
    }),
  ),
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
    ...(pull.base ? { into: pull.base.ref } : {}),
    mergedAs: pull.merge_commit_sha ? [pull.merge_commit_sha] : [],
    ...linked({ url: pull.html_url }),
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
        ...linked({ at: review.submitted_at, url: review.html_url }),
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
export function githubChecks({ check_runs }: z.infer<typeof githubCheckRuns>): Report[] {
  return check_runs.map(({ id, name, status, conclusion, started_at, completed_at, html_url, app }) => {
    const more = {
      ...(app ? { app: { id: app.id, name: app.name } } : {}),
      ...linked({ at: completed_at ?? started_at, url: html_url }),
    }
    const report = (state: ForgeCheckRun['state'], said: string): Report => ({
      kind: 'check',
      id,
      is: { name, state, said, ...more },
    })
    if (status !== 'completed') return report('pending', status)
    const said = conclusion ?? 'no conclusion'
    return report(CONCLUSIONS[said] ?? 'failure', said)
  })
}

export function githubStatuses({ statuses }: z.infer<typeof githubStatus>): Report[] {
  return statuses.map(({ id, context, state, updated_at, target_url }) => ({
    kind: 'status',
    id,
    is: {
      name: context,
      state: state === 'success' ? 'success' : state === 'pending' ? 'pending' : 'failure',
      said: state,
      ...linked({ at: updated_at, url: target_url }),
    },
  }))
}
