import { type Answers, HEAD, type Json, SHA } from './forge-api.ts'

export const REPO = '/repos/acme/web'
const WEB = 'https://github.test/acme/web'
/** The numbers by which GitHub knows its programs; Actions has this one. */
export const ACTIONS = { id: 15368, slug: 'github-actions', name: 'GitHub Actions' }
export const JENKINS = { id: 7, slug: 'jenkins', name: 'Jenkins' }
const TREE = 'aaaa'.padEnd(40, '0')

const user = (login: string, type = 'User') => ({ login, id: 1, type })

export const commit = (sha: string, more: { tree?: string; by?: string } = {}): Json => ({
  sha,
  html_url: `${WEB}/commit/${sha}`,
  commit: { message: 'Faster', tree: { sha: more.tree ?? TREE } },
  author: user(more.by ?? 'ana'),
  committer: user('web-flow'),
  parents: [],
})

export const pull = (more: Json = {}): Json => ({
  number: 7,
  state: 'open',
  merged: false,
  merged_at: null,
  merge_commit_sha: null,
  draft: false,
  user: user('ana'),
  head: { sha: SHA, ref: 'feature', repo: { full_name: 'acme/web' } },
  base: { sha: HEAD, ref: 'main', repo: { full_name: 'acme/web' } },
  html_url: `${WEB}/pull/7`,
  mergeable: true,
  mergeable_state: 'clean',
  ...more,
})
/** As a list tells it, which says nothing of a merge to come. */
export function listed({
  merged: _merged,
  mergeable: _mergeable,
  mergeable_state: _said,
  ...rest
}: Json): Json {
  return rest
}
export const review = (login: string | null, state: string, more: Json = {}): Json => ({
  id: 1,
  user: login === null ? null : user(login),
  state,
  commit_id: SHA,
  author_association: 'MEMBER',
  submitted_at: '2026-11-26T10:00:00Z',
  html_url: `${WEB}/pull/7#pullrequestreview-1`,
  ...more,
})
export const robot = (login: string) => ({ user: user(login, 'Bot') })

let ids = 0
export const run = (
  name: string,
  conclusion: string | null = 'success',
  status = 'completed',
  more: Json = {},
): Json => ({
  id: ++ids,
  name,
  head_sha: SHA,
  status,
  conclusion,
  started_at: '2026-11-26T09:00:00Z',
  completed_at: status === 'completed' ? '2026-11-26T09:05:00Z' : null,
  html_url: `${WEB}/actions/runs/1/job/${ids}`,
  app: ACTIONS,
  ...more,
})
export const status = (context: string, state: string, more: Json = {}): Json => ({
  id: ++ids,
  context,
  state,
  target_url: 'https://ci.test/1',
  created_at: '2026-11-26T09:00:00Z',
  updated_at: '2026-11-26T09:06:00Z',
  ...more,
})

/** A rule of a ruleset as it stands at a branch. */
export const ruleOf = (type: string, parameters?: Json): Json => ({
  type,
  ruleset_source_type: 'Repository',
  ruleset_source: 'acme/web',
  ruleset_id: 42,
  ...(parameters === undefined ? {} : { parameters }),
})
export const wants = (...checks: (string | [string, number])[]): Json =>
  ruleOf('required_status_checks', {
    strict_required_status_checks_policy: false,
    do_not_enforce_on_create: false,
    required_status_checks: checks.map((one) =>
      typeof one === 'string' ? { context: one } : { context: one[0], integration_id: one[1] },
    ),
  })
export const wantsReviews = (count: number, more: Json = {}): Json =>
  ruleOf('pull_request', {
    required_approving_review_count: count,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
    ...more,
  })
export const policy = (...checks: (string | [string, number])[]): Json => ({
  strict: false,
  contexts: checks.map((one) => (typeof one === 'string' ? one : one[0])),
  checks: checks.map((one) => ({
    context: typeof one === 'string' ? one : one[0],
    app_id: typeof one === 'string' ? null : one[1],
  })),
})
/** A branch without a protection of its own, unless it is said. */
export const branch = (protection: Json | null = null, name = 'main'): Json => ({
  name,
  commit: { sha: HEAD },
  protected: protection !== null,
  protection: protection ?? {
    enabled: false,
    required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] },
  },
  protection_url: `https://api.github.test${REPO}/branches/${name}/protection`,
})

type More = {
  pull?: Json
  reviews?: Json[]
  runs?: Json[]
  statuses?: Json[]
  /** The rules of rulesets at its branch. */
  rules?: Json[]
  branch?: Json
}

/** What GitHub answers about a commit with one pull request that Bo approved and whose checks are green. */
export function github(answers: Answers, more: More = {}) {
  const one = pull(more.pull)
  Object.assign(answers, {
    [`${REPO}/commits/8f3c2d1`]: commit(SHA),
    [`${REPO}/commits/${SHA}/pulls`]: [listed(one)],
    [`${REPO}/pulls/7`]: one,
    [`${REPO}/pulls/7/reviews`]: more.reviews ?? [review('bo', 'APPROVED')],
    [`${REPO}/rules/branches/main`]: more.rules ?? [],
    [`${REPO}/branches/main`]: more.branch ?? branch(),
    ...checksOf(SHA, more.runs, more.statuses),
  })
}

export function checksOf(
  sha: string,
  runs: Json[] = [run('build'), run('lint', 'skipped')],
  statuses: Json[] = [status('deploy/preview', 'success')],
): Answers {
  return {
    [`${REPO}/commits/${sha}/check-runs`]: { total_count: runs.length, check_runs: runs },
    [`${REPO}/commits/${sha}/status`]: { sha, state: 'success', total_count: statuses.length, statuses },
  }
}
