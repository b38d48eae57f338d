import { z } from 'zod'
import {
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

/** A request that has the commit, as far as is needed to choose one. */
export type FoundRequest = {
  number: number
  isOpen: boolean
  isMerged: boolean
  /** The commit is its last one, or what it was merged as. */
  isExact: boolean
}

/** What a probe asks of either forge. */
export type ForgeSource = {
  commit: (commit: string) => Promise<string>
  withCommit: (sha: string) => Promise<FoundRequest[]>
  request: (number: number) => Promise<ForgePull>
  /** Is it worth asking again whether it can be merged? */
  isUndecided: (request: ForgePull) => boolean
  reviews: (request: ForgePull) => Promise<ForgeReview[]>
  checks: (sha: string) => Promise<ForgeCheckRun[]>
}

export function githubSource(api: ForgeApi, repository: string): ForgeSource {
  const repo = ['repos', ...repository.split('/')]
  return {
    commit: async (commit) => (await api.get([...repo, 'commits', commit], githubCommit)).sha,
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
    async checks(sha) {
      const runs = await api.pages([...repo, 'commits', sha, 'check-runs'], githubCheckRuns, githubChecks)
      const statuses = await api.pages([...repo, 'commits', sha, 'status'], githubStatus, githubStatuses)
      return [...runs, ...statuses]
    },
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
    async reviews({ number, author }) {
      const path = [...root, 'merge_requests', String(number)]
      const approvals = await api.get([...path, 'approvals'], gitlabApprovals)
      const reviewers = await api.pages([...path, 'reviewers'], z.array(gitlabReviewer), (page) => page)
      return gitlabReviews({ approvals, reviewers, author })
    },
    checks: async (sha) =>
      gitlabChecks(await api.pages([...commits, sha, 'statuses'], z.array(gitlabStatus), (page) => page)),
  }
}
