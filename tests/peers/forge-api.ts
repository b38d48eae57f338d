import http from 'node:http'
import type { AddressInfo } from 'node:net'

export const TOKEN = 'ghp_opaque-token-of-a-test'
export const SHA = '8f3c2d1a'.padEnd(40, '0')
export const HEAD = 'beef'.padEnd(40, '1')

export type Json = Record<string, unknown>
type Answers = Record<string, unknown>

/**
 * A stand-in for the interface of a forge, written from the published descriptions: the JSON that a test has put under a path, lists
 * page by page (`page`, `per_page`), 401 without the token, 404 for what is not there. `refuse` answers everything with a status and headers.
 */
export async function startForge() {
  const answers: Answers = {}
  const asked: string[] = []
  const state: {
    refuse: { status: number; headers?: Record<string, string> } | null
    /** What the next questions of a path are answered with, one after another. */
    next: Record<string, unknown[]>
    wants: boolean
  } = { refuse: null, next: {}, wants: true }
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://forge')
    const path = url.pathname
    asked.push(`${request.method} ${path}${url.search}`)
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    if (state.refuse) return answer(state.refuse.status, { message: 'no' }, state.refuse.headers)
    if (request.method !== 'GET') return answer(405, { message: 'no' })
    if (state.wants && request.headers.authorization !== `Bearer ${TOKEN}`)
      return answer(401, { message: 'Bad credentials' })
    const found = state.next[path]?.shift() ?? answers[path]
    if (found === undefined) return answer(404, { message: 'Not Found' })
    const size = Number(url.searchParams.get('per_page') ?? '30')
    const from = (Number(url.searchParams.get('page') ?? '1') - 1) * size
    const paged = (all: unknown[]) => all.slice(from, from + size)
    if (Array.isArray(found)) return answer(200, paged(found))
    const lists = Object.entries(found as Json).map(([name, value]) => [
      name,
      (name === 'check_runs' || name === 'statuses') && Array.isArray(value) ? paged(value) : value,
    ])
    return answer(200, Object.fromEntries(lists))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    answers,
    asked,
    state,
    reset() {
      for (const key of Object.keys(answers)) delete answers[key]
      asked.length = 0
      Object.assign(state, { refuse: null, next: {}, wants: true })
    },
    close: () => server.close(),
  }
}

export const REPO = '/repos/acme/web'
const user = (login: string, type = 'User') => ({ login, id: 1, type })

export const pull = (more: Json = {}): Json => ({
  number: 7,
  state: 'open',
  merged: false,
  merged_at: null,
  merge_commit_sha: null,
  draft: false,
  user: user('ana'),
  head: { sha: SHA, ref: 'feature' },
  base: { ref: 'main' },
  mergeable: true,
  mergeable_state: 'clean',
  ...more,
})
export const review = (login: string | null, state: string, more: Json = {}): Json => ({
  user: login === null ? null : user(login),
  state,
  commit_id: SHA,
  author_association: 'MEMBER',
  submitted_at: '2026-11-26T10:00:00Z',
  ...more,
})
export const robot = (login: string) => ({ user: user(login, 'Bot') })
export const run = (name: string, conclusion: string | null = 'success', status = 'completed'): Json => ({
  id: 1,
  name,
  status,
  conclusion,
})

/** What GitHub answers about a commit with one pull request that Bo approved and whose checks are green. */
export function github(
  answers: Answers,
  more: { pull?: Json; reviews?: Json[]; runs?: Json[]; statuses?: Json[] } = {},
) {
  const one = pull(more.pull)
  const runs = more.runs ?? [run('build'), run('lint', 'skipped')]
  const statuses = more.statuses ?? [{ context: 'deploy/preview', state: 'success' }]
  Object.assign(answers, {
    [`${REPO}/commits/8f3c2d1`]: { sha: SHA },
    [`${REPO}/commits/${SHA}/pulls`]: [one],
    [`${REPO}/pulls/7`]: one,
    [`${REPO}/pulls/7/reviews`]: more.reviews ?? [review('bo', 'APPROVED')],
    [`${REPO}/commits/${SHA}/check-runs`]: { total_count: runs.length, check_runs: runs },
    [`${REPO}/commits/${SHA}/status`]: { state: 'success', total_count: statuses.length, statuses },
  })
}

export const PROJECT = '/projects/acme%2Fshop%2Fweb'
export const gitlabPerson = (username: string, more: Json = {}) => ({ id: 1, username, ...more })

export function gitlab(
  answers: Answers,
  more: { change?: Json; approvedBy?: Json[]; reviewers?: Json[]; statuses?: Json[] } = {},
) {
  const one = {
    iid: 4,
    state: 'opened',
    draft: false,
    author: gitlabPerson('ana'),
    sha: SHA,
    merge_commit_sha: null,
    squash_commit_sha: null,
    detailed_merge_status: 'mergeable',
    ...more.change,
  }
  Object.assign(answers, {
    [`${PROJECT}/repository/commits/8f3c2d1`]: { id: SHA, short_id: '8f3c2d1a' },
    [`${PROJECT}/repository/commits/${SHA}/merge_requests`]: [one],
    [`${PROJECT}/merge_requests/4`]: one,
    [`${PROJECT}/merge_requests/4/approvals`]: {
      approved: true,
      approvals_left: 0,
      approved_by: more.approvedBy ?? [{ user: gitlabPerson('bo') }],
    },
    [`${PROJECT}/merge_requests/4/reviewers`]: more.reviewers ?? [],
    [`${PROJECT}/repository/commits/${SHA}/statuses`]: more.statuses ?? [
      { name: 'test', status: 'success', allow_failure: false },
    ],
  })
}
