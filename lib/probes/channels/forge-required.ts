import { z } from 'zod'
import type { GithubCommit } from '#lib/probes/forge-github.ts'
import {
  type GithubBranch,
  type GithubRules,
  githubBranch,
  githubPolicy,
  githubRequiredChecks,
  githubRequiredReviews,
  githubReviewPolicy,
  githubRules as githubRulesSchema,
  isProtected,
} from '#lib/probes/forge-github-rules.ts'
import { gitlabExternalChecks, gitlabPipelines } from '#lib/probes/forge-gitlab.ts'
import {
  gitlabApprovalCount,
  gitlabApprovalState,
  gitlabComparison,
  gitlabExternalCheck,
  gitlabPipeline,
  gitlabProject,
  gitlabRequiredChecks,
  gitlabRequiredReviews,
} from '#lib/probes/forge-gitlab-rules.ts'
import type { Told } from '#lib/probes/forge-told.ts'
import { lastReports, type Report, type Required, reportsOf } from '#lib/probes/forge-wanted.ts'
import { isBy } from '#lib/probes/forge-words.ts'
import {
  FORGE_KEPT,
  type ForgeCheckRun,
  type ForgePull,
  type RequiredChecks,
  type RequiredReviews,
} from '#lib/probes/observations/forge.ts'
import type { ForgeApi } from './forge-api.ts'

/** What a forge wants to be there before a request is merged. */
export type ForgeRules = {
  requiredChecks: (request: ForgePull, sha: string) => Promise<RequiredChecks>
  requiredReviews: (request: ForgePull) => Promise<RequiredReviews>
}

export function githubRules(
  api: ForgeApi,
  {
    repo,
    reports,
    commitOf,
  }: {
    repo: readonly string[]
    reports: (sha: string) => Promise<Report[]>
    /** Null where it is not told. */
    commitOf: (sha: string) => Promise<GithubCommit | null>
  },
): ForgeRules {
  const branchOf = ({ into }: ForgePull): string => into ?? ''
  const pathOf = (request: ForgePull): string[] => [...repo, 'branches', branchOf(request)]
  let found: Promise<{ rules: Told<GithubRules>; at: Told<GithubBranch> }> | null = null
  const base = (request: ForgePull) => {
    found ??= (async () => ({
      rules: await api.tellPages([...repo, 'rules', 'branches', branchOf(request)], githubRulesSchema),
      at: await api.tell(pathOf(request), githubBranch),
    }))()
    return found
  }
  const treeOf = async (sha: string) => (await commitOf(sha))?.commit?.tree.sha ?? null
  return {
    async requiredChecks(request, sha) {
      const { rules, at } = await base(request)
      // The protection itself is told to administrators alone, so it is asked only where the branch does not say it.
      const isUntold = isProtected(at.value) && at.value?.protection?.required_status_checks == null
      const policy = isUntold
        ? await api.tell([...pathOf(request), 'protection', 'required_status_checks'], githubPolicy)
        : null
      const branch = branchOf(request)
      return withReports(githubRequiredChecks({ branch, rules, at, policy }), {
        ...{ of: branch, request, sha },
        reports: async (of) => lastReports(await reports(of)),
        async isSame(head) {
          const trees = [await treeOf(sha), await treeOf(head)]
          return trees[0] === null || trees[1] === null ? null : trees[0] === trees[1]
        },
      })
    },
    async requiredReviews(request) {
      const { rules, at } = await base(request)
      const isUntold = isProtected(at.value) && at.value?.protection?.required_pull_request_reviews == null
      const path = [...pathOf(request), 'protection', 'required_pull_request_reviews']
      const policy = isUntold ? await api.tell(path, githubReviewPolicy) : null
      const branch = branchOf(request)
      const wishes = githubRequiredReviews({ branch, rules, at, policy })
      const head = wishes.lastPush ? await commitOf(request.head) : null
      const people = [head?.author?.login, head?.committer?.login].flatMap((one) => (one ? [one] : []))
      return { of: branch, ...wishes, pushedBy: people.length === 0 ? null : people }
    },
  }
}

export function gitlabRules(api: ForgeApi, project: string): ForgeRules {
  const root = ['projects', project]
  const pathOf = ({ number }: ForgePull): string[] => [...root, 'merge_requests', String(number)]
  return {
    async requiredChecks(request, sha) {
      const settings = await api.tell(root, gitlabProject)
      const external =
        settings.value?.only_allow_merge_if_all_status_checks_passed === true
          ? await api.tellPages([...pathOf(request), 'status_checks'], z.array(gitlabExternalCheck))
          : null
      const ofHead = gitlabExternalChecks(external?.value ?? [])
      return withReports(gitlabRequiredChecks({ of: project, project: settings, external }), {
        ...{ of: project, request, sha },
        async reports(of) {
          const query = { sha: of, per_page: '100' }
          const pipelines = await api.get([...root, 'pipelines'], z.array(gitlabPipeline), query)
          return [...gitlabPipelines(pipelines), ...(of === request.head ? ofHead : [])]
        },
        async isSame(head) {
          const path = [...root, 'repository', 'compare']
          const query = { from: head, to: sha, straight: 'true' }
          const { value } = await api.tell(path, gitlabComparison, query)
          return value === null || value.compare_timeout ? null : value.diffs.length === 0
        },
      })
    },
    async requiredReviews(request) {
      const count = await api.get([...pathOf(request), 'approvals'], gitlabApprovalCount)
      const state = await api.tell([...pathOf(request), 'approval_state'], gitlabApprovalState)
      return gitlabRequiredReviews(project, { count, state })
    },
  }
}

type Looked = {
  of: string
  request: ForgePull
  sha: string
  reports: (sha: string) => Promise<ForgeCheckRun[]>
  /** Null: it could not be told. */
  isSame: (head: string) => Promise<boolean | null>
}

/** What was reported of each, of the request's last commit too where the commit has none and their content is the same. */
async function withReports(
  { wanted, unread }: Required,
  { of, request, sha, reports, isSame }: Looked,
): Promise<RequiredChecks> {
  const kept = wanted.slice(0, FORGE_KEPT)
  const own = kept.length === 0 ? [] : await reports(sha)
  const isMissing = kept.some((one) => !own.some((report) => report.name === one.name && isBy(report, one)))
  const isOther = request.head !== '' && request.head !== sha
  const headIsSame = isMissing && isOther ? await isSame(request.head) : null
  const head = headIsSame === true ? await reports(request.head) : []
  const found = reportsOf(kept, {
    own,
    head: head.map((report) => ({ ...report, ofHead: true as const })),
  })
  const cut = wanted.length - kept.length + Math.max(0, found.length - FORGE_KEPT)
  return {
    of,
    unread: cut === 0 ? unread : [...unread, `${cut} more than are kept`],
    wanted: kept,
    reports: found.slice(0, FORGE_KEPT),
    headIsSame,
  }
}
