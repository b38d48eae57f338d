import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HEAD, SHA, startForge, TOKEN } from './forge-api.ts'
import { commit, github, pull, REPO, review, robot, run, status } from './forge-github-data.ts'
import { gitlab, job, person } from './forge-gitlab-data.ts'
import { type ForgeLook, lookAt } from './forge-look.ts'
import { allow, look } from './servers.ts'

let forge: Awaited<ReturnType<typeof startForge>>
beforeAll(async () => {
  forge = await startForge()
})
beforeEach(() => forge.reset())
afterAll(() => forge.close())

const onGithub: ForgeLook = (rest, variables, secrets) =>
  lookAt(forge, 'github acme/web', rest, variables, secrets)
const onGitlab: ForgeLook = (rest, variables) => lookAt(forge, 'gitlab acme/shop/web', rest, variables)
const named = (name: string) => `$\{${name}}`

describe('a forge probe against a stand-in for GitHub', () => {
  it('passes where the request of the commit is approved, can be merged and its checks are green', async () => {
    github(forge.answers)
    const { outcome, line, observation } = await onGithub(
      'expect approved, approvals == 1, approved-at-head, mergeable, checks-green, check "build"',
    )
    expect(outcome).toBe('pass')
    expect(line).toContain('approved by bo')
    expect(observation).toMatchObject({
      repository: 'acme/web',
      commit: SHA,
      found: 1,
      pull: { number: 7, state: 'open', author: 'ana' },
      reviews: [{ by: 'bo', state: 'approved', atHead: true, discounted: null }],
    })
    expect(JSON.stringify(observation)).not.toContain(TOKEN)
    expect(forge.asked.every((line) => line.startsWith('GET '))).toBe(true)
  })

  it('asks for what is judged and nothing else', async () => {
    github(forge.answers)
    await onGithub('expect checks-green')
    expect(forge.asked.map((line) => line.replace(/\?.*/, ''))).toEqual([
      `GET ${REPO}/commits/8f3c2d1`,
      `GET ${REPO}/commits/${SHA}/check-runs`,
      `GET ${REPO}/commits/${SHA}/status`,
    ])
  })

  it.each([
    ['nobody reviewed', [], 'fail', 'approved by nobody'],
    ['the author approves', [review('ana', 'APPROVED')], 'fail', 'ana does not count (the author)'],
    ['the author in other letters', [review('ANA', 'APPROVED')], 'fail', 'the author'],
    [
      'a program approves',
      [review('x', 'APPROVED', robot('renovate'))],
      'fail',
      'renovate does not count (a program)',
    ],
    [
      'a stranger approves',
      [review('eve', 'APPROVED', { author_association: 'NONE' })],
      'fail',
      'outside the project',
    ],
    ['an account that is gone', [review(null, 'APPROVED')], 'fail', 'outside the project'],
    ['only a comment', [review('bo', 'COMMENTED')], 'fail', 'approved by nobody'],
    [
      'approved, then wants changes',
      [review('bo', 'APPROVED'), review('bo', 'CHANGES_REQUESTED')],
      'fail',
      'changes wanted by bo',
    ],
    [
      'one of two wants changes',
      [review('bo', 'APPROVED'), review('cy', 'CHANGES_REQUESTED')],
      'fail',
      'changes wanted by cy',
    ],
    [
      'a stranger wants changes',
      [review('bo', 'APPROVED'), review('eve', 'CHANGES_REQUESTED', { author_association: 'NONE' })],
      'fail',
      'changes wanted by eve',
    ],
    ['dismissed', [review('bo', 'APPROVED'), review('bo', 'DISMISSED')], 'fail', 'approved by nobody'],
    [
      'wanted changes, then approved',
      [review('bo', 'CHANGES_REQUESTED'), review('Bo', 'APPROVED')],
      'pass',
      'approved by Bo',
    ],
    [
      'approved, then commented',
      [review('bo', 'APPROVED'), review('bo', 'COMMENTED')],
      'pass',
      'approved by bo',
    ],
    ['approved an earlier commit', [review('bo', 'APPROVED', { commit_id: HEAD })], 'pass', 'approved by bo'],
  ])('approved: %s', async (_what, reviews, outcome, words) => {
    github(forge.answers, { reviews })
    const seen = await onGithub('expect approved')
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it('tells an approval of an earlier commit, and counts approvals', async () => {
    const reviews = [
      review('bo', 'APPROVED', { commit_id: HEAD }),
      review('cy', 'APPROVED'),
      review('ana', 'APPROVED'),
    ]
    github(forge.answers, { reviews })
    expect(await onGithub('expect approved-at-head')).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('bo approved an earlier commit'),
    })
    expect((await onGithub('expect approvals >= 2')).outcome).toBe('pass')
    expect((await onGithub('expect approvals >= 3')).outcome).toBe('fail')
    // However many approved, one who wants changes is named.
    for (const asked of ['approvals >= 2', 'approvals >= 0', 'approvals < 9', 'approvals == 2']) {
      github(forge.answers, { reviews: [...reviews, review('di', 'CHANGES_REQUESTED')] })
      expect(await onGithub(`expect ${asked}`)).toMatchObject({
        outcome: 'fail',
        line: expect.stringContaining('approved by bo, cy; changes wanted by di'),
      })
    }
    github(forge.answers, {
      reviews: [...reviews, review('di', 'CHANGES_REQUESTED'), review('di', 'APPROVED')],
    })
    expect((await onGithub('expect approvals >= 3')).outcome).toBe('pass')
    github(forge.answers, { reviews: [review('bo', 'APPROVED', { commit_id: null })] })
    expect((await onGithub('expect approved-at-head')).outcome).toBe('inconclusive')
  })

  it.each([
    ['open and free of conflicts', {}, 'pass', 'can be merged'],
    ['in conflict', { mergeable: false, mergeable_state: 'dirty' }, 'fail', 'can not be merged (dirty)'],
    ['a draft', { draft: true }, 'fail', 'is a draft'],
    ['closed', { state: 'closed' }, 'fail', 'is closed'],
    ['merged', { state: 'closed', merged: true, mergeable: null }, 'pass', 'is merged'],
  ])('mergeable: %s', async (_what, more, outcome, words) => {
    github(forge.answers, { pull: more })
    const seen = await onGithub('expect mergeable')
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
    const merged = await onGithub('expect merged')
    expect(merged.outcome).toBe('merged' in more ? 'pass' : 'fail')
  })

  it('asks again while it is not computed, and is inconclusive when the time runs out', async () => {
    github(forge.answers)
    const undecided = pull({ mergeable: null, mergeable_state: 'unknown' })
    forge.state.next[`${REPO}/pulls/7`] = [undecided, undecided]
    const seen = await onGithub('expect mergeable, timeout 10s')
    expect(seen.outcome).toBe('pass')
    expect(forge.asked.filter((line) => line.startsWith(`GET ${REPO}/pulls/7`))).toHaveLength(3)
    github(forge.answers, { pull: { mergeable: null, mergeable_state: 'unknown' } })
    expect(await onGithub('expect mergeable, timeout 2s')).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('is not computed yet (unknown)'),
    })
  })

  it.each([
    ['none ran', [], [], 'inconclusive', 'no checks for 8f3c2d1a00'],
    [
      'all were skipped',
      [run('a', 'skipped'), run('b', 'neutral')],
      [],
      'inconclusive',
      '2 checks, none succeeded',
    ],
    [
      'one is under way',
      [run('a'), run('deploy', null, 'in_progress')],
      [],
      'inconclusive',
      '1 of 2 checks under way: deploy',
    ],
    [
      'one failed, one is under way',
      [run('a', 'failure'), run('b', null, 'queued')],
      [],
      'fail',
      '1 of 2 checks failed: a',
    ],
    ['one timed out', [run('a', 'timed_out'), run('b')], [], 'fail', 'failed: a'],
    ['one was cancelled', [run('a', 'cancelled'), run('b')], [], 'fail', 'failed: a'],
    ['one waits for a hand', [run('a', 'action_required'), run('b')], [], 'fail', 'failed: a'],
    ['one ended in no known way', [run('a', 'something_new'), run('b')], [], 'fail', 'failed: a'],
    ['one ended without a conclusion', [run('a', null), run('b')], [], 'fail', 'failed: a'],
    ['a status failed', [run('a')], [status('ci/x', 'error')], 'fail', 'failed: ci/x'],
    ['a status is pending', [run('a')], [status('ci/x', 'pending')], 'inconclusive', 'under way: ci/x'],
    ['statuses alone', [], [status('ci/x', 'success')], 'pass', '1 of 1 check green'],
  ])('checks-green: %s', async (_what, runs, statuses, outcome, words) => {
    github(forge.answers, { runs, statuses })
    const seen = await onGithub('expect checks-green')
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it('judges a check by its name', async () => {
    github(forge.answers, {
      runs: [
        run('build'),
        run('build', 'failure'),
        run('e2e'),
        run('lint', 'skipped'),
        run('slow', null, 'queued'),
      ],
    })
    const outcomeOf = async (name: string) => (await onGithub(`expect check "${name}"`)).outcome
    expect(await outcomeOf('e2e')).toBe('pass')
    expect(await outcomeOf('build')).toBe('fail')
    for (const name of ['lint', 'slow', 'nothing']) expect(await outcomeOf(name)).toBe('inconclusive')
  })

  it('reads page by page, and concludes nothing from what is too much to read', async () => {
    const green = (count: number) => Array.from({ length: count }, (_one, nth) => run(`job ${nth}`))
    github(forge.answers, { runs: [...green(150), run('last', 'failure')] })
    expect(await onGithub('expect checks-green')).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('1 of 152 checks failed: last'),
    })
    github(forge.answers, { runs: green(420) })
    expect((await onGithub('expect checks-green')).outcome).toBe('inconclusive')
    github(forge.answers, { runs: green(1001) })
    expect(await onGithub('expect checks-green')).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('more than 1000 entries of check-runs'),
    })
  })

  it('chooses the request that the commit ends or was merged by, and none of several', async () => {
    github(forge.answers)
    const pulls = `${REPO}/commits/${SHA}/pulls`
    const other = (number: number, more = {}) => pull({ number, head: { sha: HEAD }, ...more })
    forge.answers[pulls] = [other(5), pull(), other(6)]
    expect((await onGithub('expect approved')).observation.pull?.number).toBe(7)
    forge.answers[pulls] = [pull({ state: 'closed', number: 8 }), pull()]
    expect((await onGithub('expect approved')).observation.pull?.number).toBe(7)
    forge.answers[pulls] = [other(7, { merge_commit_sha: SHA, state: 'closed', merged_at: 'x' }), other(6)]
    expect((await onGithub('expect approved')).observation.pull?.number).toBe(7)
    forge.answers[pulls] = [pull(), pull({ number: 9 })]
    expect(await onGithub('expect approved, mergeable, merged, approvals >= 0')).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('8f3c2d1a00 is in 2 pull requests'),
    })
    forge.answers[pulls] = []
    expect(await onGithub('expect approved')).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('no pull request has 8f3c2d1a00'),
    })
  })

  it.each([
    [401, {}, 'the token is not accepted'],
    [403, {}, 'may not read this of acme/web'],
    [404, {}, 'there is no acme/web'],
    [422, {}, 'no such commit'],
    [301, { location: '/repositories/1' }, 'has moved; write its new name'],
    [500, {}, 'GitHub answered 500'],
    [
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795726800' },
      'used up until 2026-11-26T21:00:00.000Z',
    ],
    [429, { 'retry-after': '60' }, 'used up until 20'],
    [403, { 'retry-after': '60' }, 'used up until 20'],
    [429, {}, 'the limit of this token is used up'],
  ])('answered %i %j it ends as an error', async (status, headers, words) => {
    github(forge.answers)
    forge.state.refuse = { status, headers: headers as Record<string, string> }
    const seen = await onGithub('expect approved, checks-green')
    expect([seen.outcome, seen.line]).toEqual(['error', expect.stringContaining(words)])
  })

  it('is an error where it cannot ask at all', async () => {
    github(forge.answers)
    const wrong = await onGithub('expect approved', {}, { FORGE_TOKEN: 'another-token' })
    expect(wrong.outcome).toBe('error')
    expect(await onGithub('expect approved', { RUN_COMMIT: '' })).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('There is no commit to fill in for RUN_COMMIT'),
    })
    forge.answers[`${REPO}/commits/8f3c2d1`] = commit(HEAD)
    expect(await onGithub('expect approved')).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('acme/web has no commit 8f3c2d1'),
    })
    forge.answers[`${REPO}/commits/8f3c2d1`] = { hello: 'world' }
    expect((await onGithub('expect approved')).line).toContain('is not the API of GitHub')
    const refused = await look('forge github acme/web url http://127.0.0.1:2 commit 8f3c2d1 expect merged', {
      allowList: allow('127.0.0.1:2'),
    })
    expect(refused.judgement.outcome).toBe('error')
    const plain = await look(
      `forge github acme/web token ${named('FORGE_TOKEN')} url http://forge.example commit 8f3c2d1 expect merged`,
      { secrets: { FORGE_TOKEN: TOKEN }, allowList: allow('forge.example:80') },
    )
    expect(plain.judgement.line).toContain('a token is sent over https only')
  })

  it('asks nothing with a token that all can read, in a composite neither', async () => {
    github(forge.answers)
    const line =
      "FORGE_TOKEN is kept in the clear. Keep it as a secret on the environment's page, then run the probe again."
    const seen = await onGithub('expect approved', { FORGE_TOKEN: TOKEN }, {})
    expect(seen).toMatchObject({ outcome: 'error', verdict: 'inconclusive', line })
    const part = `forge github acme/web token ${named('FORGE_TOKEN')} url ${forge.url} commit 8f3c2d1 expect merged`
    const whole = await look(`composite need 1 part "one" ${part} part "two" ${part}`, {
      variables: { FORGE_TOKEN: TOKEN },
      allowList: allow(forge.host),
    })
    expect(whole.judgement.outcome).toBe('error')
    expect(JSON.stringify(whole.observation).split('FORGE_TOKEN is kept in the clear')).toHaveLength(3)
    expect(forge.asked).toEqual([])
    // Without a value it is missing, as any variable.
    expect((await onGithub('expect approved', {}, {})).line).toContain(
      'FORGE_TOKEN is not set for production',
    )
  })

  it('takes no repository from a variable that leads elsewhere', async () => {
    for (const repository of ['acme/../../user', '..', 'a/b/c', 'acme/we b', '../..'])
      expect(
        await lookAt(forge, `github ${named('REPOSITORY')}`, 'expect merged', { REPOSITORY: repository }),
      ).toMatchObject({ outcome: 'error', line: expect.stringContaining('does not become a repository') })
    expect(forge.asked).toEqual([])
  })
})

describe('a forge probe against a stand-in for GitLab', () => {
  it('passes where the merge request is approved, nothing holds it up and its jobs are green', async () => {
    gitlab(forge.answers)
    const seen = await onGitlab('expect approved, approvals >= 1, mergeable, checks-green, check "test"')
    expect(seen.outcome).toBe('pass')
    expect(seen.observation).toMatchObject({ pull: { number: 4 }, reviews: [{ by: 'bo', atHead: null }] })
    expect((await onGitlab('expect approved-at-head')).outcome).toBe('inconclusive')
  })

  it.each([
    ['nobody', { approvedBy: [] }, 'fail', 'approved by nobody'],
    ['the author alone', { approvedBy: [{ user: person('ana') }] }, 'fail', 'the author'],
    ['a program', { approvedBy: [{ user: person('robot', { bot: true }) }] }, 'fail', 'a program'],
    [
      'one, and another wants changes',
      { reviewers: [{ user: person('cy'), state: 'requested_changes' }] },
      'fail',
      'changes wanted by cy',
    ],
    ['one, another is asked', { reviewers: [{ user: person('cy'), state: 'unreviewed' }] }, 'pass', 'bo'],
  ])('approved: %s', async (_what, more, outcome, words) => {
    gitlab(forge.answers, more)
    const seen = await onGitlab('expect approved')
    expect([seen.outcome, seen.line]).toEqual([outcome, expect.stringContaining(words)])
  })

  it.each([
    ['conflict', 'fail'],
    ['need_rebase', 'fail'],
    ['not_approved', 'fail'],
    ['mergeable', 'pass'],
    ['something_new', 'inconclusive'],
    [null, 'inconclusive'],
    ['checking', 'inconclusive'],
  ])('mergeable: %s is %s', async (said, outcome) => {
    gitlab(forge.answers, { change: { detailed_merge_status: said } })
    expect((await onGitlab('expect mergeable, timeout 2s')).outcome).toBe(outcome)
  })

  it.each([
    [[], 'inconclusive'],
    [[job('a', 'failed', false)], 'fail'],
    [[job('a', 'canceled', null)], 'fail'],
    [[job('a', 'running', null), job('b', 'success', null)], 'inconclusive'],
    [[job('a', 'manual', false), job('b', 'success', null)], 'inconclusive'],
    [[job('a', 'manual', true), job('b', 'success', null)], 'pass'],
    [[job('a', 'failed', true), job('b', 'success', null)], 'pass'],
    [[job('a', 'failed', true)], 'inconclusive'],
    [[job('a', 'something_new', null), job('b', 'success', null)], 'fail'],
  ])('checks-green: %j is %s', async (statuses, outcome) => {
    gitlab(forge.answers, { statuses })
    expect((await onGitlab('expect checks-green')).outcome).toBe(outcome)
  })

  it('finds what was merged or squashed as the commit, and says until when it may not ask', async () => {
    gitlab(forge.answers, { change: { state: 'merged', sha: HEAD, squash_commit_sha: SHA } })
    expect((await onGitlab('expect merged, mergeable')).outcome).toBe('pass')
    forge.state.refuse = { status: 429, headers: { 'ratelimit-reset': '1795726800' } }
    expect((await onGitlab('expect merged')).line).toContain('GitLab wants to be asked less often')
  })
})
