import type { JudgeRow, Patch } from './case.ts'

const OTHER = 'beef'.padEnd(40, '1')
const report = (name: string, said = 'success', more: Patch = {}) => ({
  ...{ name, said },
  state: said === 'success' || said === 'failure' ? said : said === 'skipped' ? 'neutral' : 'pending',
  ...more,
})
const wanted = (name: string, app: number | null = null) => ({ name, app, rule: 'ruleset 42' })
const checks = (more: Patch): Patch => ({
  required: {
    reviews: null,
    checks: {
      ...{ of: 'main', unread: [], wanted: [wanted('build')], reports: [report('build')] },
      ...{ headIsSame: null, ...more },
    },
  },
})
const reviews = (more: Patch, rest: Patch = {}): Patch => ({
  ...rest,
  required: {
    checks: null,
    reviews: {
      ...{ of: 'main', unread: [], rules: [{ name: 'ruleset 42', count: 1, met: null }], owners: false },
      ...{ lastPush: false, pushedBy: null, ...more },
    },
  },
})
const approved = (...all: [by: string, atHead: boolean | null][]): Patch => ({
  reviews: all.map(([by, atHead]) => ({ by, atHead, state: 'approved', discounted: null })),
  totals: { reviews: all.length },
})
const GREEN = 'expect required-checks-green'
const APPROVED = 'expect required-approvals'
const green = (words: string) => `${words} (required-checks-green)`
const as = (words: string) => `${words} (required-approvals)`
const jenkins = { app: { id: 7, name: 'Jenkins' } }
const rule = (name: string, count: number, met: boolean | null = null) => ({ name, count, met })

export const forgeRequiredRows: readonly JudgeRow[] = [
  [GREEN, {}, green('unknown: which checks are required is not known')],
  [
    GREEN,
    { required: { checks: null, reviews: null } },
    green('unknown: which checks are required is not known'),
  ],
  [GREEN, { pull: null, found: 0 }, green('unknown: no pull request has 8f3c2d1a00')],
  [GREEN, checks({}), green('true: 1 required by main green: build (success)')],
  [GREEN, checks({ wanted: [], reports: [] }), green('unknown: main requires no checks')],
  [
    GREEN,
    checks({ reports: [] }),
    green('unknown: 1 of 1 required by main not green: build has not reported'),
  ],
  [
    GREEN,
    checks({ reports: [report('lint')] }),
    green('unknown: 1 of 1 required by main not green: build has not reported'),
  ],
  [
    GREEN,
    checks({ reports: [report('build', 'queued')] }),
    green('unknown: 1 of 1 required by main not green: build (queued)'),
  ],
  [
    GREEN,
    checks({ reports: [report('build', 'failure')] }),
    green('false: 1 of 1 required by main failed: build (failure)'),
  ],
  [
    GREEN,
    checks({ reports: [report('build', 'skipped')] }),
    green('unknown: 1 required by main, all of them skipped'),
  ],
  [
    GREEN,
    checks({ reports: [report('build', 'queued'), report('build', 'failure')] }),
    green('false: 1 of 1 required by main failed: build (queued, failure)'),
  ],
  [
    GREEN,
    checks({ reports: [report('build', 'queued'), report('build')] }),
    green('unknown: 1 of 1 required by main not green: build (queued, success)'),
  ],
  [
    GREEN,
    checks({ reports: [report('build', 'skipped'), report('build')] }),
    green('true: 1 required by main green: build (skipped, success)'),
  ],
  [
    GREEN,
    checks({ unread: ['the rulesets of main (answered 403)'] }),
    green('unknown: what main requires could not be read: the rulesets of main (answered 403)'),
  ],
  [
    GREEN,
    checks({ unread: ['a', 'b', 'c', 'd'], wanted: [], reports: [] }),
    green('unknown: what main requires could not be read: a, b, c and 1 more'),
  ],
  [
    GREEN,
    checks({ unread: ['a'], reports: [report('build', 'failure')] }),
    green('false: 1 of 1 required by main failed: build (failure)'),
  ],
  [
    GREEN,
    checks({
      wanted: [wanted('build'), wanted('lint')],
      reports: [report('build'), report('lint', 'skipped')],
    }),
    green('true: 2 required by main green: build (success), lint (skipped)'),
  ],
  [
    GREEN,
    checks({
      wanted: [wanted('a'), wanted('b'), wanted('c'), wanted('d'), wanted('e')],
      reports: [report('e')],
    }),
    green(
      'unknown: 4 of 5 required by main not green: a has not reported, b has not reported, c has not reported and 1 more',
    ),
  ],
  [
    GREEN,
    checks({ wanted: [wanted('build', 15368)], reports: [report('build', 'success', jenkins)] }),
    green(
      'unknown: 1 of 1 required by main not green: build was reported by Jenkins, not by the program that has to',
    ),
  ],
  [
    GREEN,
    checks({
      wanted: [wanted('build', 15368)],
      reports: [report('build', 'success', jenkins), report('build'), report('build', 'failure', jenkins)],
    }),
    green(
      'unknown: 1 of 1 required by main not green: build was reported by Jenkins, somebody who is not named, not by the program that has to',
    ),
  ],
  [
    GREEN,
    checks({
      wanted: [wanted('build', 7)],
      reports: [report('build', 'success', jenkins), report('build', 'failure')],
    }),
    green('true: 1 required by main green: build (success)'),
  ],
  [
    GREEN,
    checks({ headIsSame: true, reports: [report('build', 'success', { ofHead: true })] }),
    green(
      'true: 1 required by main green: build (success), some for the last commit of #7, whose content is the same',
    ),
  ],
  [
    GREEN,
    { ...checks({ headIsSame: false, reports: [] }), pull: { head: OTHER } },
    green(
      'unknown: 1 of 1 required by main not green: build has not reported; beef111111, the last commit of #7, has other content than 8f3c2d1a00',
    ),
  ],
  [APPROVED, {}, as('unknown: which approvals are required is not known')],
  [
    APPROVED,
    { required: { checks: null, reviews: null } },
    as('unknown: which approvals are required is not known'),
  ],
  [APPROVED, reviews({}), as('true: approved by bo; 1 required by main')],
  [APPROVED, reviews({}, approved()), as('false: approved by nobody')],
  [APPROVED, { ...reviews({}), reviews: null }, as('unknown: reviews not known')],
  [APPROVED, reviews({ rules: [] }), as('unknown: approved by bo; main requires no approvals')],
  [
    APPROVED,
    reviews({ rules: [rule('a', 2), rule('b', 1), rule('c', 1, false), rule('d', 0, true)] }),
    as('false: approved by bo; required: 2 by a, 1 by c'),
  ],
  [
    APPROVED,
    reviews({ rules: ['a', 'b', 'c', 'd'].map((name) => rule(name, 9)) }),
    as('false: approved by bo; required: 9 by a, 9 by b, 9 by c and 1 more'),
  ],
  [
    APPROVED,
    reviews({ rules: [rule('a', 1, true), rule('b', 2, true)] }, approved(['bo', null], ['cy', null])),
    as('true: approved by bo, cy; 2 required by main'),
  ],
  [
    APPROVED,
    reviews({ unread: ['a', 'b', 'c', 'd'], rules: [] }),
    as('unknown: what main requires could not be read: a, b, c and 1 more'),
  ],
  [APPROVED, reviews({ unread: ['a'] }), as('unknown: what main requires could not be read: a')],
  [
    APPROVED,
    reviews({ unread: ['a'], rules: [rule('b', 2)] }),
    as('false: approved by bo; required: 2 by b'),
  ],
  [
    APPROVED,
    reviews({ unread: ['a'], lastPush: true, pushedBy: ['BO'] }),
    as('false: approved by bo; at the last push by nobody but who pushed it'),
  ],
  [APPROVED, reviews({ lastPush: true, pushedBy: ['ana'] }), as('true: approved by bo; 1 required by main')],
  [
    APPROVED,
    reviews({ lastPush: true, pushedBy: ['bo', 'web-flow'] }, approved(['Bo', true], ['cy', false])),
    as('false: approved by Bo, cy; at the last push by nobody but who pushed it'),
  ],
  [
    APPROVED,
    reviews({ lastPush: true, pushedBy: ['bo'] }, approved(['Bo', true], ['cy', true])),
    as('true: approved by Bo, cy; 1 required by main'),
  ],
  [
    APPROVED,
    reviews({ lastPush: true, pushedBy: ['ana'] }, approved(['bo', false], ['cy', null])),
    as('false: approved by bo, cy; none of them at the last push, as is required'),
  ],
  [APPROVED, reviews({ lastPush: true }), as('unknown: approved by bo; who pushed last is not told')],
  [APPROVED, reviews({ owners: true }), as('true: approved by bo; 1 required by main')],
  ...['unstable', 'has_hooks'].map(
    (mergeSaid): JudgeRow => [
      APPROVED,
      reviews({ owners: true }, { pull: { mergeSaid } }),
      as('true: approved by bo; 1 required by main'),
    ],
  ),
  [
    APPROVED,
    reviews({ owners: true }, { pull: { mergeSaid: 'blocked' } }),
    as('unknown: approved by bo; whether code owners are among them is not told while #7 is blocked'),
  ],
  [
    APPROVED,
    reviews({ owners: true }, { pull: { mergeSaid: null } }),
    as('unknown: approved by bo; whether code owners are among them is not told while #7 is open'),
  ],
  [
    APPROVED,
    reviews({ owners: true }, { pull: { state: 'merged', mergeSaid: 'clean' } }),
    as('unknown: approved by bo; whether code owners are among them is not told while #7 is clean'),
  ],
  [
    `${APPROVED}, approved, approvals >= 0, approved-at-head, mergeable, merged`,
    reviews({}, { pull: { head: OTHER, mergedAs: [] } }),
    ...['required-approvals', 'approved', '≥ 0', 'approved-at-head', 'mergeable'].map(
      (on) =>
        `unknown: 8f3c2d1a00 is not the last commit of #7 (beef111111), nor what it was merged as (${on})`,
    ),
    'false: #7 is open (merged)',
  ],
  [
    'expect approved',
    { pull: { head: OTHER, mergedAs: ['8f3c2d1a00'.padEnd(40, '0')] } },
    'true: approved by bo (approved)',
  ],
  ['expect approved', { pull: { mergedAs: [OTHER] } }, 'true: approved by bo (approved)'],
  [
    'expect approved',
    { pull: { head: OTHER, mergedAs: [] }, commit: null },
    'true: approved by bo (approved)',
  ],
  [
    'expect mergeable',
    { pull: { mergeSaid: 'blocked' } },
    'true: #7 has no conflict, though rules of its branch hold it up (blocked) (mergeable)',
  ],
  [
    'expect mergeable',
    { pull: { mergeSaid: 'behind' } },
    'true: #7 has no conflict, though it is behind its branch (behind) (mergeable)',
  ],
  [
    'expect mergeable',
    { pull: { mergeable: false, mergeSaid: 'behind' } },
    'false: #7 can not be merged (behind) (mergeable)',
  ],
]
