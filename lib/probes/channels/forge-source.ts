import { z } from 'zod'
import {
  type GithubCommit,
  githubCheckRuns,
  githubChecks,
  githubCommit,
  githubFound,
  githubPull,
  githubRequest,
  githubReview,
  githubReviews,
  githubStatus,
  githubStatuses,
} from '#lib/probes/forge-github.ts'
import {
  gitlabApprovalSettings,
  gitlabApprovals,
  gitlabChecks,
  gitlabCommit,
  gitlabRequest,
  gitlabRequestSchema,
  gitlabReviewer,
  gitlabReviews,
  gitlabStatus,
  isUndecided,
} from '#lib/probes/forge-gitlab.ts'
import type { ForgeCheckRun, ForgePull, ForgeReview } from '#lib/probes/observations/forge.ts'
import type { ForgeApi } from './forge-api.ts'
import { type ForgeRules, githubRules, gitlabRules } from './forge-required.ts'

/** A request that has the commit, as far as is needed to choose one. */
export type FoundRequest = {
  number: number
  isOpen: boolean
  isMerged: boolean
  /** The commit is its last one, or what it was merged as. */
  isExact: boolean
}

/** What a probe asks of either forge. */
export type ForgeSource = ForgeRules & {
  commit: (commit: string) => Promise<string>
  withCommit: (sha: string) => Promise<FoundRequest[]>
  request: (number: number) => Promise<ForgePull>
  /** Is it worth asking again whether it can be merged? */
  isUndecided: (request: ForgePull) => boolean
  /** `atHead`: it is asked to which commit each was given. */
  reviews: (request: ForgePull, asked: { atHead: boolean }) => Promise<ForgeReview[]>
  checks: (sha: string) => Promise<ForgeCheckRun[]>
}

export function githubSource(api: ForgeApi, repository: string): ForgeSource {
  const repo = ['repos', ...repository.split('/')]
  const commits = new Map<string, GithubCommit>()
  const commitOf = async (sha: string) =>
    commits.get(sha) ?? (await api.tell([...repo, 'commits', sha], githubCommit)).value
  const reports = once(async (sha: string) => [
    ...(await api.pages([...repo, 'commits', sha, 'check-runs'], githubCheckRuns, githubChecks)),
    ...(await api.pages([...repo, 'commits', sha, 'status'], githubStatus, githubStatuses)),
  ])
  return {
    async commit(commit) {
      const found = await api.get([...repo, 'commits', commit], githubCommit)
      commits.set(found.sha, found)
      return found.sha
    },
    async withCommit(sha) {
      const found = await api.pages([...repo, 'commits', sha, 'pulls'], z.array(githubFound), (page) => page)
      return found.map((pull) => ({
        number: pull.number,
        isOpen: pull.state === 'open',
        isMerged: pull.merged_at != null,
        isExact: pull.head.sha === sha || pull.merge_commit_sha === sha,
      }))
    },
    request: async (number) => githubRequest(await api.get([...repo, 'pulls', String(number)], githubPull)),
    isUndecided: ({ state, mergeable }) => state === 'open' && mergeable === null,
    async reviews(request) {
      const path = [...repo, 'pulls', String(request.number), 'reviews']
      return githubReviews(await api.pages(path, z.array(githubReview), (page) => page), request)
    },
    checks: async (sha) => (await reports(sha)).map(({ is }) => is),
    ...githubRules(api, { repo, reports, commitOf }),
  }
}

export function gitlabSource(api: ForgeApi, project: string): ForgeSource {
  const root = ['projects', project]
  const commits = [...root, 'repository', 'commits']
  return {
    commit: async (commit) => (await api.get([...commits, commit], gitlabCommit)).id,
    async withCommit(sha) {
      const path = [...commits, sha, 'merge_requests']
      const found = await api.pages(path, z.array(gitlabRequestSchema), (page) => page)
      return found.map((one) => ({
        number: one.iid,
        isOpen: one.state === 'opened',
        isMerged: one.state === 'merged',
        isExact: [one.sha, one.merge_commit_sha, one.squash_commit_sha].includes(sha),
      }))
    },
    request: async (number) =>
      gitlabRequest(await api.get([...root, 'merge_requests', String(number)], gitlabRequestSchema)),
    isUndecided: (request) => request.state === 'open' && isUndecided(request),
    async reviews(request, { atHead }) {
      const { number, author } = request
      const path = [...root, 'merge_requests', String(number)]
      // While they are being taken back, the old ones may still be told.
      const isSettled = atHead && !isUndecided(request)
      const settings = isSettled ? await api.tell([...root, 'approvals'], gitlabApprovalSettings) : null
      const areReset = settings?.value?.reset_approvals_on_push === true
      const approvals = await api.get([...path, 'approvals'], gitlabApprovals)
      const reviewers = await api.pages([...path, 'reviewers'], z.array(gitlabReviewer), (page) => page)
      return gitlabReviews({ approvals, reviewers, author, areReset })
    },
    checks: async (sha) =>
      gitlabChecks(await api.pages([...commits, sha, 'statuses'], z.array(gitlabStatus), (page) => page)),
    ...gitlabRules(api, project),
  }
}

/** The same question is asked once. */
function once<T>(question: (sha: string) => Promise<T>): (sha: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  return (sha) => {
    const answer = asked.get(sha) ?? question(sha)
    asked.set(sha, answer)
    return answer
  }
}
