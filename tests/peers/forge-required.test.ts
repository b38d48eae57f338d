import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HEAD, SHA, startForge } from './forge-api.ts'
import {
  ACTIONS,
  branch,
  checksOf,
  commit,
  github,
  JENKINS,
  listed,
  policy,
  pull,
  REPO,
  review,
  ruleOf,
  run,
  status,
  wants,
  wantsReviews,
} from './forge-github-data.ts'
import { approvalRule, external, gitlab, job, PROJECT, person, pipeline } from './forge-gitlab-data.ts'
import { type ForgeLook, lookAt } from './forge-look.ts'

let forge: Awaited<ReturnType<typeof startForge>>
beforeAll(async () => {
  forge = await startForge()
})
beforeEach(() => forge.reset())
afterAll(() => forge.close())

const onGithub: ForgeLook = (rest, variables) => lookAt(forge, 'github acme/web', rest, variables)
const onGitlab: ForgeLook = (rest, variables) => lookAt(forge, 'gitlab acme/shop/web', rest, variables)
const GREEN = 'expect required-checks-green, timeout 20s'
const APPROVED = 'expect required-approvals, timeout 20s'
const MAIN = `${REPO}/branches/main`
const RULES = `${REPO}/rules/branches/main`
const guarded = (...checks: Parameters<typeof policy>) =>
  branch({ enabled: true, required_status_checks: { enforcement_level: 'everyone', ...policy(...checks) } })

describe('the checks that GitHub requires', () => {
  it('are read of rulesets and of the branch protection, page by page, and shown with who reported them', async () => {
    const others = Array.from({ length: 120 }, () => ruleOf('deletion'))
    github(forge.answers, {
      rules: [...others, wants(['build', ACTIONS.id])],
      branch: guarded('lint'),
      runs: [run('build'), run('lint', 'skipped'), run('flaky', 'failure')],
    })
    const { outcome, line, observation } = await onGithub(GREEN)
    expect([outcome, line]).toEqual([
      'pass',
      expect.stringContaining('2 required by main green: build (success), lint (skipped)'),
    ])
    expect(observation.required?.checks).toMatchObject({
      of: 'main',
      unread: [],
      wanted: [
        { name: 'build', app: ACTIONS.id, rule: 'ruleset 42 of acme/web' },
        { name: 'lint', app: null, rule: 'branch protection of main' },
      ],
      reports: [
        {
          ...{ name: 'build', said: 'success', app: { id: ACTIONS.id, name: 'GitHub Actions' } },
          ...{ at: '2026-11-26T09:05:00Z', url: expect.stringContaining('https://github.test/') },
        },
        { name: 'lint' },
      ],
      headIsSame: null,
    })
    expect(forge.asked.filter((line) => line.includes('protection'))).toEqual([])
    expect((await onGithub('expect checks-green')).outcome).toBe('fail')
  })

  it.each([
    ['one failed', [run('build', 'failure'), run('lint')], [], 'fail', 'failed: build (failure)'],
    ['one timed out', [run('build', 'timed_out'), run('lint')], [], 'fail', 'build (timed_out)'],
    ['one has not reported', [run('build')], [], 'inconclusive', 'lint has not reported'],
    ['one is under way', [run('build'), run('lint', null, 'queued')], [], 'inconclusive', 'lint (queued)'],
    ['none reported', [], [], 'inconclusive', '2 of 2 required by main not green'],
    [
      'both were skipped',
      [run('build', 'skipped'), run('lint', 'neutral')],
      [],
      'inconclusive',
      'all of them skipped',
    ],
    ['one is a status', [run('build')], [status('lint', 'success')], 'pass', 'lint (success)'],
    ['one is a status that failed', [run('build')], [status('lint', 'error')], 'fail', 'lint (error)'],
    [
      'a check and a status of one name differ',
      [run('build'), run('lint')],
      [status('lint', 'failure')],
      'fail',
      'lint',
    ],
    [
      'one ran again and was good',
      [run('build', 'failure'), run('build'), run('lint')],
      [],
      'pass',
      'build (success)',
    ],
    [
      'one ran again and failed',
      [run('build'), run('build', 'failure'), run('lint')],
      [],
      'fail',
      'build (failure)',
    ],
    [
      'one of them failed by another program',
      [run('build'), run('lint'), run('lint', 'failure', 'completed', { app: JENKINS })],
      [],
      'fail',
      'lint',
    ],
  ])('%s', async (_what, runs, statuses, outcome, words) => {
    github(forge.answers, { rules: [wants('build', 'lint')], runs, statuses })
    const seen = await onGithub(GREEN)
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it('of one program are not reported by another', async () => {
    github(forge.answers, {
      rules: [wants(['build', ACTIONS.id])],
      runs: [run('build', 'success', 'completed', { app: JENKINS })],
    })
    expect(await onGithub(GREEN)).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('build was reported by Jenkins, not by the program that has to'),
    })
    // A status does not say by which program.
    github(forge.answers, {
      rules: [wants(['build', ACTIONS.id])],
      runs: [],
      statuses: [status('build', 'success')],
    })
    expect((await onGithub(GREEN)).outcome).toBe('inconclusive')
    github(forge.answers, {
      branch: guarded(['build', ACTIONS.id]),
      runs: [run('build', 'success', 'completed', { app: JENKINS })],
    })
    expect((await onGithub(GREEN)).outcome).toBe('inconclusive')
    github(forge.answers, { branch: guarded(['build', -1]), runs: [run('build')] })
    expect((await onGithub(GREEN)).outcome).toBe('pass')
  })

  it.each([
    ['nothing is wanted', {}, {}, 'inconclusive', 'main requires no checks'],
    ['the protection wants none', { branch: guarded() }, {}, 'inconclusive', 'main requires no checks'],
    [
      'rulesets may not be read',
      { branch: guarded('build') },
      { [RULES]: 403 },
      'inconclusive',
      'the rulesets of main (answered 403)',
    ],
    [
      'rulesets are not there',
      { branch: guarded('build') },
      { [RULES]: 404 },
      'inconclusive',
      'the rulesets of main (answered 404)',
    ],
    [
      'the branch is gone',
      { rules: [wants('build')] },
      { [MAIN]: 404 },
      'inconclusive',
      'the branch protection of main (answered 404)',
    ],
    [
      'the branch was renamed',
      { rules: [wants('build')] },
      { [MAIN]: 301 },
      'inconclusive',
      'the branch protection of main (answered 301)',
    ],
    [
      'the protection is not told',
      { rules: [wants('build')], branch: branch({ enabled: true }) },
      { [`${MAIN}/protection/required_status_checks`]: 403 },
      'inconclusive',
      'the checks of the branch protection of main (answered 403)',
    ],
    [
      'the protection is not found',
      { branch: branch({ enabled: true }) },
      {},
      'inconclusive',
      'the checks of the branch protection of main (answered 404)',
    ],
    [
      'workflows are wanted',
      { rules: [wants('build'), ruleOf('workflows', {})] },
      {},
      'inconclusive',
      'which workflows ruleset 42 of acme/web wants',
    ],
    [
      'code scanning is wanted',
      { rules: [wants('build'), ruleOf('code_scanning', {})] },
      {},
      'inconclusive',
      'which results of code scanning',
    ],
    [
      'a rule without parameters',
      { rules: [ruleOf('required_status_checks')] },
      {},
      'inconclusive',
      'the checks of ruleset 42',
    ],
    [
      'what is known failed already',
      { rules: [wants('lint')], runs: [run('lint', 'failure')] },
      { [MAIN]: 403 },
      'fail',
      'failed: lint',
    ],
    ['rulesets answer with a fault', {}, { [RULES]: 500 }, 'error', 'GitHub answered 500'],
    ['the token is not accepted', {}, { [RULES]: 401 }, 'error', 'has expired or was revoked'],
  ])('%s', async (_what, more, statuses, outcome, words) => {
    github(forge.answers, more)
    forge.state.statuses = statuses
    const seen = await onGithub(GREEN)
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it('are asked of the protection itself where the branch does not tell them', async () => {
    github(forge.answers, { branch: branch({ enabled: true }) })
    forge.answers[`${MAIN}/protection/required_status_checks`] = policy('build')
    expect((await onGithub(GREEN)).outcome).toBe('pass')
    github(forge.answers, {
      branch: branch({
        enabled: true,
        required_status_checks: { enforcement_level: 'off', ...policy('build') },
      }),
    })
    expect((await onGithub(GREEN)).line).toContain('main requires no checks')
  })

  it('are found among more than a page of runs', async () => {
    const many = Array.from({ length: 350 }, (_one, nth) => run(`job ${nth}`))
    github(forge.answers, { rules: [wants('build')], runs: [...many, run('build')] })
    expect((await onGithub(GREEN)).outcome).toBe('pass')
    forge.state.links = false
    expect((await onGithub(GREEN)).outcome).toBe('pass')
    // A page that is not full is the last one only where its head says so.
    Object.assign(forge.state, { links: true, most: 60 })
    forge.asked.length = 0
    expect((await onGithub(GREEN)).outcome).toBe('pass')
    expect(forge.asked.filter((line) => line.includes('/check-runs'))).toHaveLength(6)
  })

  it('of a branch with a slash, and of a request from a fork that is gone', async () => {
    const fork = { head: { sha: SHA, ref: 'main', repo: null }, base: { sha: HEAD, ref: 'release/1' } }
    github(forge.answers, { pull: fork })
    forge.answers[`${REPO}/rules/branches/release%2F1`] = [wants('build')]
    forge.answers[`${REPO}/branches/release%2F1`] = branch(null, 'release/1')
    expect(await onGithub(GREEN)).toMatchObject({
      outcome: 'pass',
      line: expect.stringContaining('1 required by release/1 green'),
    })
  })

  it('are unknown without a request', async () => {
    github(forge.answers)
    forge.answers[`${REPO}/commits/${SHA}/pulls`] = []
    expect(await onGithub(GREEN)).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('no pull request has 8f3c2d1a00'),
    })
  })

  describe('of a commit that a request was merged as', () => {
    const merged = {
      state: 'closed',
      merged: true,
      merged_at: 'x',
      merge_commit_sha: SHA,
      head: { sha: HEAD, ref: 'x' },
    }

    it('count for its last commit where the content is the same', async () => {
      github(forge.answers, {
        pull: merged,
        rules: [wants('build', 'lint')],
        runs: [run('lint')],
        statuses: [],
      })
      Object.assign(forge.answers, { [`${REPO}/commits/${HEAD}`]: commit(HEAD), ...checksOf(HEAD) })
      const { outcome, line, observation } = await onGithub(GREEN)
      expect([outcome, line]).toEqual(['pass', expect.stringContaining('whose content is the same')])
      expect(observation.required?.checks).toMatchObject({
        headIsSame: true,
        reports: [
          { name: 'build', ofHead: true },
          { name: 'lint', said: 'success' },
        ],
      })
    })

    it('do not where it is another, or is not told', async () => {
      github(forge.answers, { pull: merged, rules: [wants('build')], runs: [], statuses: [] })
      Object.assign(forge.answers, {
        [`${REPO}/commits/${HEAD}`]: commit(HEAD, { tree: 'bbbb' }),
        ...checksOf(HEAD),
      })
      expect(await onGithub(GREEN)).toMatchObject({
        outcome: 'inconclusive',
        line: expect.stringContaining('has other content than 8f3c2d1a00'),
      })
      forge.state.statuses = { [`${REPO}/commits/${HEAD}`]: 404 }
      expect(await onGithub(GREEN)).toMatchObject({
        outcome: 'inconclusive',
        line: expect.stringContaining('build has not reported'),
      })
    })
  })
})

describe('the approvals that GitHub requires', () => {
  const two = [review('bo', 'APPROVED'), review('cy', 'APPROVED')]
  const older = { commit_id: HEAD }
  it.each([
    ['as many as a ruleset wants', { rules: [wantsReviews(2)], reviews: two }, 'pass', '2 required by main'],
    ['fewer', { rules: [wantsReviews(2)] }, 'fail', 'required: 2 by ruleset 42 of acme/web'],
    [
      'the author is not one of them',
      { rules: [wantsReviews(2)], reviews: [...two.slice(1), review('ana', 'APPROVED')] },
      'fail',
      'required: 2',
    ],
    ['none at all, and none is wanted', { reviews: [] }, 'fail', 'approved by nobody'],
    ['none is wanted', { rules: [wantsReviews(0)] }, 'inconclusive', 'main requires no approvals'],
    [
      'somebody wants changes',
      { rules: [wantsReviews(1)], reviews: [...two, review('di', 'CHANGES_REQUESTED')] },
      'fail',
      'changes wanted by di',
    ],
    [
      'code owners, and nothing holds it up',
      { rules: [wantsReviews(1, { require_code_owner_review: true })] },
      'pass',
      '1 required',
    ],
    [
      'code owners, and it is held up',
      { rules: [wantsReviews(1, { require_code_owner_review: true })], pull: { mergeable_state: 'blocked' } },
      'inconclusive',
      'whether code owners are among them is not told while #7 is blocked',
    ],
    [
      'particular reviewers',
      { rules: [wantsReviews(1, { required_reviewers: [{}] })], pull: { mergeable_state: 'behind' } },
      'inconclusive',
      'code owners',
    ],
    [
      'after the last push',
      { rules: [wantsReviews(1, { require_last_push_approval: true })] },
      'pass',
      'approved by bo',
    ],
    [
      'before the last push',
      {
        rules: [wantsReviews(1, { require_last_push_approval: true })],
        reviews: [review('bo', 'APPROVED', older)],
      },
      'fail',
      'none of them at the last push',
    ],
    [
      'a rule without parameters',
      { rules: [ruleOf('pull_request')] },
      'inconclusive',
      'the approvals of ruleset 42',
    ],
    [
      'of a protection that is told',
      {
        branch: branch({
          enabled: true,
          required_pull_request_reviews: {
            dismiss_stale_reviews: true,
            require_code_owner_reviews: false,
            required_approving_review_count: 2,
          },
        }),
      },
      'fail',
      'required: 2 by branch protection of main',
    ],
    [
      'of a protection that is not',
      { branch: guarded('build') },
      'inconclusive',
      'the approvals of the branch protection of main (answered 404)',
    ],
  ])('%s', async (_what, more, outcome, words) => {
    github(forge.answers, more)
    const seen = await onGithub(APPROVED)
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it('not by who pushed last', async () => {
    github(forge.answers, { rules: [wantsReviews(1, { require_last_push_approval: true })] })
    forge.answers[`${REPO}/commits/8f3c2d1`] = commit(SHA, { by: 'Bo' })
    expect(await onGithub(APPROVED)).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('at the last push by nobody but who pushed it'),
    })
    forge.answers[`${REPO}/commits/8f3c2d1`] = { ...commit(SHA), author: null, committer: {} }
    expect(await onGithub(APPROVED)).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('who pushed last is not told'),
    })
  })

  it('are asked of the protection itself, by who may', async () => {
    github(forge.answers, { branch: guarded('build') })
    forge.answers[`${MAIN}/protection/required_pull_request_reviews`] = {
      ...{ dismiss_stale_reviews: false, require_code_owner_reviews: false },
      required_approving_review_count: 1,
    }
    expect((await onGithub(APPROVED)).outcome).toBe('pass')
    forge.state.statuses = { [MAIN]: 403 }
    expect(await onGithub(APPROVED)).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('the branch protection of main (answered 403)'),
    })
    forge.state.statuses = { [RULES]: 500 }
    expect((await onGithub(APPROVED)).outcome).toBe('error')
  })

  it('of an earlier commit of a request are unknown', async () => {
    github(forge.answers, { pull: { head: { sha: HEAD, ref: 'x' } } })
    forge.answers[`${REPO}/commits/${SHA}/pulls`] = [listed(pull({ head: { sha: HEAD } }))]
    expect(await onGithub('expect approved, mergeable, approvals >= 0, required-approvals')).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('8f3c2d1a00 is not the last commit of #7'),
    })
  })
})

describe('the checks that GitLab requires', () => {
  const both = { only_allow_merge_if_all_status_checks_passed: true }
  const EXTERNAL = `${PROJECT}/merge_requests/4/status_checks`
  it.each([
    ['the pipeline succeeded', {}, 'pass', '1 required by acme/shop/web green: pipeline (success)'],
    ['a job that may fail failed', { statuses: [job('a', 'failed', true)] }, 'pass', 'pipeline (success)'],
    ['it failed', { pipelines: [pipeline(47, 'failed')] }, 'fail', 'failed: pipeline (failed)'],
    ['it was cancelled', { pipelines: [pipeline(47, 'canceled')] }, 'fail', 'pipeline (canceled)'],
    ['it is under way', { pipelines: [pipeline(47, 'running')] }, 'inconclusive', 'pipeline (running)'],
    ['it waits for a hand', { pipelines: [pipeline(47, 'manual')] }, 'inconclusive', 'pipeline (manual)'],
    ['it was skipped', { pipelines: [pipeline(47, 'skipped')] }, 'inconclusive', 'all of them skipped'],
    ['none ran', { pipelines: [] }, 'inconclusive', 'pipeline has not reported'],
    [
      'the newest counts',
      { pipelines: [pipeline(46, 'failed'), pipeline(48, 'success'), pipeline(47, 'failed')] },
      'pass',
      'success',
    ],
    [
      'nothing is wanted',
      { project: { only_allow_merge_if_pipeline_succeeds: false } },
      'inconclusive',
      'acme/shop/web requires no checks',
    ],
    [
      'it is not told whether',
      { project: { only_allow_merge_if_pipeline_succeeds: undefined } },
      'inconclusive',
      'whether pipelines must succeed in acme/shop/web',
    ],
  ])('%s', async (_what, more, outcome, words) => {
    gitlab(forge.answers, more)
    const seen = await onGitlab(GREEN)
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it.each([
    [[external('QA', 'passed')], 'pass', 'QA (passed)'],
    [[external('QA', 'failed')], 'fail', 'QA (failed)'],
    [[external('QA', 'pending')], 'inconclusive', 'QA (pending)'],
    [null, 'inconclusive', 'the external status checks of acme/shop/web (answered 404)'],
  ])('external checks %j are %s', async (found, outcome, words) => {
    gitlab(forge.answers, { project: both })
    if (found !== null) forge.answers[EXTERNAL] = found
    const seen = await onGitlab(GREEN)
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it('are an error or unknown where the project may not be read', async () => {
    gitlab(forge.answers)
    forge.state.statuses = { [PROJECT]: 404 }
    expect(await onGitlab(GREEN)).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('the settings of acme/shop/web (answered 404)'),
    })
    forge.state.statuses = { [`${PROJECT}/pipelines`]: 403 }
    expect(await onGitlab(GREEN)).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('the scope read_api'),
    })
  })

  it('of a commit that a request was squashed to count for its last commit where nothing differs', async () => {
    const change = { state: 'merged', sha: HEAD, squash_commit_sha: SHA }
    gitlab(forge.answers, { change, project: both, pipelines: [] })
    forge.state.next[`${PROJECT}/pipelines`] = [[], [pipeline(47, 'success', HEAD)]]
    forge.answers[EXTERNAL] = [external('QA', 'passed')]
    forge.answers[`${PROJECT}/repository/compare`] = { diffs: [], compare_timeout: false }
    expect((await onGitlab(GREEN)).outcome).toBe('pass')
    expect(forge.asked.some((line) => line.includes(`compare?from=${HEAD}&to=${SHA}&straight=true`))).toBe(
      true,
    )
    forge.answers[`${PROJECT}/repository/compare`] = { diffs: [{}], compare_timeout: false }
    expect((await onGitlab(GREEN)).line).toContain('has other content')
    forge.answers[`${PROJECT}/repository/compare`] = { diffs: [], compare_timeout: true }
    forge.state.next[`${PROJECT}/pipelines`] = [[], [pipeline(47, 'success', HEAD)]]
    expect((await onGitlab(GREEN)).outcome).toBe('inconclusive')
  })
})

describe('the approvals that GitLab requires', () => {
  const STATE = `${PROJECT}/merge_requests/4/approval_state`
  const two = [{ user: person('bo') }, { user: person('cy') }]
  it.each([
    [
      'as many',
      { approvedBy: two, approvals: { approvals_required: 2, approvals_left: 0 } },
      [approvalRule('QA', 1, true)],
      'pass',
      '2 required by acme/shop/web',
    ],
    [
      'some are left',
      { approvals: { approvals_required: 2, approvals_left: 1 } },
      [],
      'fail',
      'required: 2 by approvals of acme/shop/web',
    ],
    [
      'the author is counted there',
      {
        approvedBy: [{ user: person('ana') }, { user: person('bo') }],
        approvals: { approvals_required: 2, approvals_left: 0 },
      },
      [],
      'fail',
      'ana does not count',
    ],
    [
      'a rule is not met',
      { approvedBy: two, approvals: { approvals_required: 1, approvals_left: 0 } },
      [approvalRule('QA', 1, false), approvalRule('All', 0, true)],
      'fail',
      'required: 1 by rule “QA”',
    ],
    [
      'none is wanted',
      { approvals: { approvals_required: 0, approvals_left: 0 } },
      [],
      'inconclusive',
      'acme/shop/web requires no approvals',
    ],
    ['a tier without them', {}, null, 'inconclusive', 'acme/shop/web requires no approvals'],
    [
      'a program that acts by a token',
      {
        approvedBy: [{ user: person('project_12_bot_4ffca2') }],
        approvals: { approvals_required: 1, approvals_left: 0 },
      },
      [],
      'fail',
      'a program',
    ],
  ])('%s', async (_what, more, rules, outcome, words) => {
    gitlab(forge.answers, more)
    if (rules !== null) forge.answers[STATE] = { approval_rules_overwritten: false, rules }
    const seen = await onGitlab(APPROVED)
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it('are of the last commit where a push takes them back', async () => {
    gitlab(forge.answers)
    forge.answers[`${PROJECT}/approvals`] = { reset_approvals_on_push: true }
    expect((await onGitlab('expect approved-at-head')).outcome).toBe('pass')
    gitlab(forge.answers, { change: { detailed_merge_status: 'approvals_syncing' } })
    expect((await onGitlab('expect approved-at-head')).outcome).toBe('inconclusive')
    forge.answers[`${PROJECT}/approvals`] = { reset_approvals_on_push: false }
    expect((await onGitlab('expect approved-at-head')).outcome).toBe('inconclusive')
    forge.state.statuses = { [`${PROJECT}/merge_requests/4/approvals`]: 500 }
    expect((await onGitlab(APPROVED)).outcome).toBe('error')
  })
})
