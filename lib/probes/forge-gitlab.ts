import { z } from 'zod'
import {
  gitlabApprovalCount,
  type gitlabExternalCheck,
  type gitlabPipeline,
  PIPELINE,
} from './forge-gitlab-rules.ts'
import { linked } from './forge-link.ts'
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
  target_branch: z.string().nullish(),
  web_url: z.string().nullish(),
  detailed_merge_status: z.string().nullish(),
})
export const gitlabApprovals = z.object({
  ...gitlabApprovalCount.shape,
  approved_by: z.array(z.object({ user, approved_at: z.string().nullish() })),
})
/** Of the paid tiers: are approvals taken back when something is pushed? */
export const gitlabApprovalSettings = z.object({ reset_approvals_on_push: z.boolean().nullish() })
export const gitlabReviewer = z.object({ user, state: z.string() })
export const gitlabStatus = z.object({
  name: z.string(),
  status: z.string(),
  allow_failure: z.boolean().nullish(),
  target_url: z.string().nullish(),
  finished_at: z.string().nullish(),
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
    ...(found.target_branch ? { into: found.target_branch } : {}),
    mergedAs: [found.merge_commit_sha, found.squash_commit_sha].flatMap((one) => (one ? [one] : [])),
    ...linked({ url: found.web_url }),
  }
}

/** Worth asking again soon. */
export function isUndecided({ mergeSaid }: ForgePull): boolean {
  return mergeSaid !== null && UNDECIDED.includes(mergeSaid)
}

/** Programs that act by a token of a project or group; their names are all that tells them in a list of approvals. */
const TOKEN_USER = /^(?:project|group)_\d+_bot(?:_|$)/

/** GitLab tells who has approved and whose review wants changes. `areReset`: what was approved before the last push counts no more. */
export function gitlabReviews({
  approvals,
  reviewers,
  author,
  areReset,
}: {
  approvals: z.infer<typeof gitlabApprovals>
  reviewers: readonly z.infer<typeof gitlabReviewer>[]
  author: string | null
  areReset: boolean
}): ForgeReview[] {
  const review = (
    by: z.infer<typeof user>,
    state: ForgeReview['state'],
    at?: string | null,
  ): GivenReview => ({
    by: by.username,
    state,
    atHead: areReset && state === 'approved' ? true : null,
    isBot: by.bot === true || TOKEN_USER.test(by.username),
    isInside: true,
    ...linked({ at }),
  })
  const wanting = reviewers.filter(({ state }) => state === 'requested_changes')
  return lastWords(
    [
      ...approvals.approved_by.map((one) => review(one.user, 'approved', one.approved_at)),
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
  return statuses.map(({ name, status, allow_failure, finished_at, target_url }) => ({
    name,
    state: stateOf(status, allow_failure),
    said: status,
    ...linked({ at: finished_at, url: target_url }),
  }))
}

/** Of the pipelines of one commit the newest counts. */
export function gitlabPipelines(found: readonly z.infer<typeof gitlabPipeline>[]): ForgeCheckRun[] {
  const [newest] = found.toSorted((one, other) => other.id - one.id)
  if (newest === undefined) return []
  const { status, updated_at, web_url } = newest
  return [
    {
      name: PIPELINE,
      state: stateOf(status, false),
      said: status,
      ...linked({ at: updated_at, url: web_url }),
    },
  ]
}

const EXTERNAL: Readonly<Record<string, ForgeCheckRun['state']>> = { passed: 'success', failed: 'failure' }

/** They are asked about the last commit of the request. */
export function gitlabExternalChecks(found: readonly z.infer<typeof gitlabExternalCheck>[]): ForgeCheckRun[] {
  return found.map(({ name, status, external_url }) => ({
    name,
    state: EXTERNAL[status] ?? 'pending',
    said: status,
    ...linked({ url: external_url }),
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
