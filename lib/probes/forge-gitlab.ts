import { z } from 'zod'
import { type GivenReview, lastWords } from './forge-reviews.ts'
import type { ForgeCheckRun, ForgePull, ForgeReview } from './observations/forge.ts'

// What is read of GitLab's REST API v4 (doc/api: commits, merge_requests, merge_request_approvals).
const user = z.object({ username: z.string(), bot: z.boolean().nullish() })

export const gitlabCommit = z.object({ id: z.string() })
export const gitlabRequestSchema = z.object({
  iid: z.int(),
  state: z.string(),
  draft: z.boolean().nullish(),
  author: user.nullish(),
  sha: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
  detailed_merge_status: z.string().nullish(),
})
export const gitlabApprovals = z.object({ approved_by: z.array(z.object({ user })) })
export const gitlabReviewer = z.object({ user, state: z.string() })
export const gitlabStatus = z.object({
  name: z.string(),
  status: z.string(),
  allow_failure: z.boolean().nullish(),
})

/** Not computed yet; of an unknown word nothing is concluded either. */
const UNDECIDED = ['unchecked', 'checking', 'preparing', 'approvals_syncing', 'ci_still_running']
const REFUSING = [
  'ci_must_pass',
  'commits_status',
  'conflict',
  'discussions_not_resolved',
  'draft_status',
  'external_status_checks',
  'jira_association_missing',
  'locked_lfs_files',
  'locked_paths',
  'merge_request_blocked',
  'merge_time',
  'need_rebase',
  'not_approved',
  'not_open',
  'requested_changes',
  'security_policy_violations',
  'status_checks_must_pass',
  'title_regex',
]

export function gitlabRequest(found: z.infer<typeof gitlabRequestSchema>): ForgePull {
  const said = found.detailed_merge_status ?? null
  return {
    number: found.iid,
    state: found.state === 'merged' ? 'merged' : found.state === 'opened' ? 'open' : 'closed',
    draft: found.draft ?? false,
    author: found.author?.username ?? null,
    head: found.sha ?? '',
    mergeable: said === 'mergeable' ? true : said !== null && REFUSING.includes(said) ? false : null,
    mergeSaid: said,
  }
}

/** Worth asking again soon. */
export function isUndecided({ mergeSaid }: ForgePull): boolean {
  return mergeSaid !== null && UNDECIDED.includes(mergeSaid)
}

/** GitLab tells who has approved and whose review wants changes, not to which commit it was said. */
export function gitlabReviews({
  approvals,
  reviewers,
  author,
}: {
  approvals: z.infer<typeof gitlabApprovals>
  reviewers: readonly z.infer<typeof gitlabReviewer>[]
  author: string | null
}): ForgeReview[] {
  const review = (by: z.infer<typeof user>, state: ForgeReview['state']): GivenReview => ({
    by: by.username,
    state,
    atHead: null,
    isBot: by.bot ?? false,
    isInside: true,
  })
  const wanting = reviewers.filter(({ state }) => state === 'requested_changes')
  return lastWords(
    [
      ...approvals.approved_by.map((one) => review(one.user, 'approved')),
      ...wanting.map((one) => review(one.user, 'changes_requested')),
    ],
    author,
  )
}

const PENDING = [
  'created',
  'waiting_for_resource',
  'waiting_for_callback',
  'preparing',
  'pending',
  'running',
  'scheduled',
]

export function gitlabChecks(statuses: readonly z.infer<typeof gitlabStatus>[]): ForgeCheckRun[] {
  return statuses.map(({ name, status, allow_failure }) => ({
    name,
    state: stateOf(status, allow_failure),
    said: status,
  }))
}

/** What may fail by the pipeline's own word, and what waits for a hand that may, holds nothing up. */
function stateOf(status: string, mayFail: boolean | null | undefined): ForgeCheckRun['state'] {
  if (status === 'success') return 'success'
  if (status === 'skipped') return 'neutral'
  if (PENDING.includes(status)) return 'pending'
  if (mayFail === true && ['failed', 'canceled', 'manual'].includes(status)) return 'neutral'
  return status === 'manual' ? 'pending' : 'failure'
}
