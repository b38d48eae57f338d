import { type Answers, type Json, SHA } from './forge-api.ts'

const NAME = 'acme/shop/web'
export const PROJECT = '/projects/acme%2Fshop%2Fweb'
const WEB = 'https://gitlab.test/acme/shop/web'
export const person = (username: string, more: Json = {}): Json => ({
  id: 1,
  username,
  name: username,
  state: 'active',
  web_url: `https://gitlab.test/${username}`,
  ...more,
})
export const job = (name: string, status: string, mayFail: boolean | null = false): Json => ({
  id: 91,
  sha: SHA,
  ref: 'main',
  name,
  status,
  allow_failure: mayFail,
  target_url: `${WEB}/-/jobs/91`,
  created_at: '2026-11-26T09:00:00Z',
  finished_at: '2026-11-26T09:05:00Z',
})
export const pipeline = (id: number, status: string, sha = SHA): Json => ({
  id,
  iid: id,
  project_id: 1,
  status,
  source: 'push',
  ref: 'main',
  sha,
  web_url: `${WEB}/-/pipelines/${id}`,
  created_at: '2026-11-26T09:00:00Z',
  updated_at: '2026-11-26T09:05:00Z',
})
export const external = (name: string, status: string): Json => ({
  id: 2,
  name,
  external_url: 'https://compliance.test/check',
  status,
})
export const approvalRule = (name: string, needed: number, approved: boolean): Json => ({
  id: 1,
  name,
  rule_type: 'regular',
  approvals_required: needed,
  approved_by: [],
  approved,
})

type More = {
  change?: Json
  approvedBy?: Json[]
  /** Of the answer about approvals. */
  approvals?: Json
  reviewers?: Json[]
  statuses?: Json[]
  project?: Json
  pipelines?: Json[]
}

/** What GitLab answers about a commit with one merge request that Bo approved and whose jobs are green. */
export function gitlab(answers: Answers, more: More = {}) {
  const one = {
    iid: 4,
    state: 'opened',
    draft: false,
    author: person('ana'),
    sha: SHA,
    target_branch: 'main',
    merge_commit_sha: null,
    squash_commit_sha: null,
    detailed_merge_status: 'mergeable',
    web_url: `${WEB}/-/merge_requests/4`,
    ...more.change,
  }
  Object.assign(answers, {
    [`${PROJECT}/repository/commits/8f3c2d1`]: { id: SHA, short_id: '8f3c2d1a' },
    [`${PROJECT}/repository/commits/${SHA}/merge_requests`]: [one],
    [`${PROJECT}/merge_requests/4`]: one,
    [`${PROJECT}/merge_requests/4/approvals`]: {
      iid: 4,
      state: one.state,
      approved_by: more.approvedBy ?? [{ user: person('bo'), approved_at: '2026-11-26T10:00:00Z' }],
      ...more.approvals,
    },
    [`${PROJECT}/merge_requests/4/reviewers`]: more.reviewers ?? [],
    [`${PROJECT}/repository/commits/${SHA}/statuses`]: more.statuses ?? [job('test', 'success')],
    [`${PROJECT}/pipelines`]: more.pipelines ?? [pipeline(47, 'success')],
    [PROJECT]: {
      id: 1,
      path_with_namespace: NAME,
      only_allow_merge_if_pipeline_succeeds: true,
      allow_merge_on_skipped_pipeline: null,
      only_allow_merge_if_all_discussions_are_resolved: false,
      ...more.project,
    },
  })
}
