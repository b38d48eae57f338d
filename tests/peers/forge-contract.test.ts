import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as github from '#lib/probes/forge-github.ts'
import * as githubRules from '#lib/probes/forge-github-rules.ts'
import * as gitlab from '#lib/probes/forge-gitlab.ts'
import * as gitlabRules from '#lib/probes/forge-gitlab-rules.ts'
import type { Answers } from './forge-api.ts'
import { type Fields, GITHUB, GITLAB } from './forge-fields.ts'
import * as githubData from './forge-github-data.ts'
import * as gitlabData from './forge-gitlab-data.ts'

/** Where a value has a field that the description does not list. */
function strays(value: unknown, { fields, of = {} }: Fields, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => strays(one, { fields, of }, at))
  if (typeof value !== 'object' || value === null) return []
  const known = fields.split(' ')
  return Object.entries(value).flatMap(([name, inner]) => {
    const inside = of[name]
    if (!known.includes(name)) return [`${at}${name}`]
    return inside === undefined ? [] : strays(inner, inside, `${at}${name}.`)
  })
}

/** The fields that a schema reads, as an object of such fields. */
function readBy(schema: unknown): unknown {
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(Object.entries(schema.shape).map(([name, inner]) => [name, readBy(inner)]))
  if (schema instanceof z.ZodArray) return readBy(schema.element)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return readBy(schema.unwrap())
  return null
}

const READ: [string, z.ZodType, Fields][] = [
  ['GitHub commit', github.githubCommit, GITHUB.commit],
  ['GitHub found', github.githubFound, GITHUB.simplePull],
  ['GitHub pull', github.githubPull, GITHUB.pull],
  ['GitHub review', github.githubReview, GITHUB.review],
  ['GitHub check runs', github.githubCheckRuns, GITHUB.checkRuns],
  ['GitHub status', github.githubStatus, GITHUB.status],
  ['GitHub rules', githubRules.githubRules, GITHUB.rule],
  ['GitHub branch', githubRules.githubBranch, GITHUB.branch],
  ['GitHub policy', githubRules.githubPolicy, GITHUB.policy],
  ['GitHub review policy', githubRules.githubReviewPolicy, GITHUB.reviewPolicy],
  ['GitLab commit', gitlab.gitlabCommit, GITLAB.commit],
  ['GitLab request', gitlab.gitlabRequestSchema, GITLAB.request],
  ['GitLab approvals', gitlab.gitlabApprovals, GITLAB.approvals],
  ['GitLab approval settings', gitlab.gitlabApprovalSettings, GITLAB.approvalSettings],
  ['GitLab reviewer', gitlab.gitlabReviewer, GITLAB.reviewer],
  ['GitLab status', gitlab.gitlabStatus, GITLAB.status],
  ['GitLab project', gitlabRules.gitlabProject, GITLAB.project],
  ['GitLab pipeline', gitlabRules.gitlabPipeline, GITLAB.pipeline],
  ['GitLab external check', gitlabRules.gitlabExternalCheck, GITLAB.externalCheck],
  ['GitLab approval count', gitlabRules.gitlabApprovalCount, GITLAB.approvals],
  ['GitLab approval state', gitlabRules.gitlabApprovalState, GITLAB.approvalState],
  ['GitLab comparison', gitlabRules.gitlabComparison, GITLAB.compared],
]

const answersOf = (fill: (answers: Answers) => void): Answers => {
  const answers: Answers = {}
  fill(answers)
  return answers
}

/** Which description an answer is held against, by the end of its path. */
const GITHUB_PATHS: [RegExp, Fields][] = [
  [/\/commits\/\w+$/, GITHUB.commit],
  [/\/pulls$/, GITHUB.simplePull],
  [/\/pulls\/7$/, GITHUB.pull],
  [/\/reviews$/, GITHUB.review],
  [/\/check-runs$/, GITHUB.checkRuns],
  [/\/status$/, GITHUB.status],
  [/\/rules\/branches\/main$/, GITHUB.rule],
  [/\/branches\/main$/, GITHUB.branch],
]
const GITLAB_PATHS: [RegExp, Fields][] = [
  [/\/commits\/\w+$/, GITLAB.commit],
  [/\/merge_requests(?:\/4)?$/, GITLAB.request],
  [/\/4\/approvals$/, GITLAB.approvals],
  [/\/reviewers$/, GITLAB.reviewer],
  [/\/statuses$/, GITLAB.status],
  [/\/pipelines$/, GITLAB.pipeline],
  [/^\/projects\/[^/]+$/, GITLAB.project],
]

describe('what is read of a forge is what its interface is described to have', () => {
  it.each(READ)('%s', (_name, schema, fields) => {
    expect(strays(readBy(schema), fields)).toEqual([])
  })

  it.each([
    [
      'GitHub',
      GITHUB_PATHS,
      answersOf((answers) => {
        const { policy, ruleOf, wants, wantsReviews } = githubData
        githubData.github(answers, {
          rules: [wants(['build', 1]), wantsReviews(2), ruleOf('deletion')],
          branch: githubData.branch({ enabled: true, required_status_checks: policy('lint') }),
        })
      }),
    ],
    ['GitLab', GITLAB_PATHS, answersOf((answers) => gitlabData.gitlab(answers))],
  ] as const)('the stand-in of %s answers nothing else', (_name, paths, answers) => {
    for (const [path, answer] of Object.entries(answers)) {
      const found = paths.find(([end]) => end.test(path))
      expect([path, found === undefined ? 'no description' : strays(answer, found[1])]).toEqual([path, []])
    }
    expect([strays([gitlabData.external('a', 'passed')], GITLAB.externalCheck)]).toEqual([[]])
    expect(strays([gitlabData.approvalRule('a', 1, true)], GITLAB.approvalState.of.rules)).toEqual([])
  })

  it('a field that nobody described is found', () => {
    expect(strays([{ user: { login: 'bo', mail: 'x' } }], GITHUB.review)).toEqual(['user.mail'])
    expect(strays(readBy(z.array(z.object({ verdict: z.string().nullish() }))), GITHUB.review)).toEqual([
      'verdict',
    ])
  })
})
