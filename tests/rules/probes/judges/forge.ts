import type { JudgeCases, Patch } from './case.ts'
import { forgeRequiredRows } from './forge-required.ts'

const SHA = '8f3c2d1a00'.padEnd(40, '0')
const review = (by: string, more: Patch = {}) => ({
  ...{ by, state: 'approved', atHead: true, discounted: null },
  ...more,
})
const check = (name: string, state = 'success', said = state) => ({ name, state, said })
const reviews = (...all: object[]): Patch => ({ reviews: all, totals: { reviews: all.length } })
const checks = (...all: object[]): Patch => ({ checks: all, totals: { checks: all.length } })
const against = { state: 'changes_requested' }
const many = (count: number) => Array.from({ length: count }, (_one, nth) => nth + 1)

export const forgeCases: JudgeCases = {
  head: 'forge github acme/web',
  refused: 'error',
  seen: {
    ...{ forge: 'github', repository: 'acme/web', commit: SHA, tls: null, requests: [], found: 1 },
    pull: {
      ...{ number: 7, state: 'open', draft: false, author: 'ana', head: SHA },
      ...{ mergeable: true, mergeSaid: 'clean' },
    },
    reviews: [review('bo')],
    checks: [check('build'), check('lint', 'neutral', 'skipped')],
    totals: { reviews: 1, checks: 2 },
  },
  rows: [
    ['expect time < 1s', { commit: null }, 'unknown: the commit (the commit)', 'true: 12.5 ms (< 1s)'],
    ['expect time <= 12.5ms', {}, 'true: 8f3c2d1a00 (the commit)', 'true: 12.5 ms (≤ 12.5ms)'],
    [
      'expect approved, approved-at-head, approvals == 1',
      {},
      'true: approved by bo (approved)',
      'true: approved by bo, at the last commit (approved-at-head)',
      'true: approved by bo (1)',
    ],
    [
      'expect approved, approved-at-head, approvals >= 1',
      reviews(),
      'false: approved by nobody (approved)',
      'false: approved by nobody (approved-at-head)',
      'false: approved by nobody (≥ 1)',
    ],
    [
      'expect approved, approved-at-head, approvals >= 1',
      reviews(review('bo'), review('cy', against)),
      'false: approved by bo; changes wanted by cy (approved)',
      'false: approved by bo; changes wanted by cy (approved-at-head)',
      'false: approved by bo; changes wanted by cy (≥ 1)',
    ],
    [
      'expect approved',
      reviews(review('bo'), review('eve', { ...against, discounted: 'outsider' })),
      'false: approved by bo; changes wanted by eve (approved)',
    ],
    [
      'expect approved, approvals == 0',
      reviews(
        review('ana', { discounted: 'author' }),
        review('robot', { discounted: 'bot' }),
        review('eve', { discounted: 'outsider' }),
        review('dan', { discounted: 'outsider' }),
      ),
      'false: approved by nobody; ana does not count (the author); robot does not count (a program); eve does not count (outside the project) (approved)',
      'true: approved by nobody; ana does not count (the author); robot does not count (a program); eve does not count (outside the project) (0)',
    ],
    [
      'expect approved',
      reviews(review('bo', { state: 'dismissed' }), review('cy', { ...against, discounted: 'author' })),
      'false: approved by nobody; changes wanted by cy (approved)',
    ],
    [
      'expect approved-at-head',
      reviews(review('bo', { atHead: false }), review('cy')),
      'false: bo approved an earlier commit (approved-at-head)',
    ],
    [
      'expect approved-at-head',
      reviews(review('bo', { atHead: null }), review('cy')),
      'unknown: approved by bo, cy; to which commit is not known (approved-at-head)',
    ],
    [
      'expect approvals == 6',
      reviews(...many(6).map((nth) => review(`p${nth}`))),
      'true: approved by p1, p2, p3, p4, p5 and 1 more (6)',
    ],
    [
      'expect approvals == 5',
      reviews(...many(5).map((nth) => review(`p${nth}`))),
      'true: approved by p1, p2, p3, p4, p5 (5)',
    ],
    [
      'expect approved, approvals >= 0',
      { reviews: null },
      'unknown: reviews not known (approved)',
      'unknown: reviews not known (≥ 0)',
    ],
    [
      'expect approved, approvals >= 0',
      { totals: { reviews: 301 } },
      'unknown: 301 reviewers, too many to read (approved)',
      'unknown: 301 reviewers, too many to read (≥ 0)',
    ],
    [
      'expect approved, approvals >= 0, mergeable, merged',
      { pull: null, found: 0 },
      'unknown: no pull request has 8f3c2d1a00 (approved)',
      'unknown: no pull request has 8f3c2d1a00 (≥ 0)',
      'unknown: no pull request has 8f3c2d1a00 (mergeable)',
      'unknown: no pull request has 8f3c2d1a00 (merged)',
    ],
    [
      'expect merged',
      { pull: null, found: 2, forge: 'gitlab' },
      'unknown: 8f3c2d1a00 is in 2 merge requests (merged)',
    ],
    [
      'expect merged',
      { pull: null, found: 0, commit: null },
      'unknown: no pull request has the commit (merged)',
    ],
    ['expect merged', { pull: null, found: null }, 'unknown: no pull request was looked for (merged)'],
    [
      'expect mergeable, merged',
      {},
      'true: #7 can be merged (clean) (mergeable)',
      'false: #7 is open (merged)',
    ],
    [
      'expect mergeable',
      { pull: { mergeable: false, mergeSaid: null }, forge: 'gitlab' },
      'false: !7 can not be merged (mergeable)',
    ],
    [
      'expect mergeable',
      { pull: { mergeable: null, mergeSaid: 'unknown' } },
      'unknown: whether #7 can be merged is not computed yet (unknown) (mergeable)',
    ],
    [
      'expect mergeable, merged',
      { pull: { draft: true } },
      'false: #7 is a draft (mergeable)',
      'false: #7 is a draft (merged)',
    ],
    [
      'expect mergeable, merged',
      { pull: { state: 'merged', mergeable: null, draft: true } },
      'true: #7 is merged (mergeable)',
      'true: #7 is merged (merged)',
    ],
    [
      'expect mergeable, merged',
      { pull: { state: 'closed' } },
      'false: #7 is closed (mergeable)',
      'false: #7 is closed (merged)',
    ],
    ['expect checks-green', {}, 'true: 1 of 2 checks green, none failed (checks-green)'],
    ['expect checks-green', checks(check('a')), 'true: 1 of 1 check green, none failed (checks-green)'],
    ['expect checks-green', checks(), 'unknown: no checks for 8f3c2d1a00 (checks-green)'],
    ['expect checks-green', checks(check('a', 'neutral')), 'unknown: 1 check, none succeeded (checks-green)'],
    [
      'expect checks-green',
      checks(check('a'), check('b', 'pending')),
      'unknown: 1 of 2 checks under way: b (checks-green)',
    ],
    [
      'expect checks-green',
      checks(...many(4).map((nth) => check(`f${nth}`, 'failure')), check('b', 'pending'), check('c')),
      'false: 4 of 6 checks failed: f1, f2, f3 and 1 more (checks-green)',
    ],
    [
      'expect checks-green',
      checks(...many(3).map((nth) => check(`f${nth}`, 'failure'))),
      'false: 3 of 3 checks failed: f1, f2, f3 (checks-green)',
    ],
    [
      'expect checks-green, check build, check lint',
      { totals: { checks: 301 } },
      'unknown: 301 checks, too many to read (checks-green)',
      'unknown: 301 checks, too many to read (check build)',
      'unknown: 301 checks, too many to read (check lint)',
    ],
    [
      'expect checks-green, check build',
      { checks: [check('build', 'failure')], totals: { checks: 301 } },
      'false: 1 of 301 checks failed: build (checks-green)',
      'false: build: failure (check build)',
    ],
    [
      'expect checks-green, check build',
      { checks: null },
      'unknown: checks not known (checks-green)',
      'unknown: checks not known (check build)',
    ],
    [
      'expect check build, check lint, check e2e',
      {},
      'true: build: success (check build)',
      'unknown: lint: skipped (check lint)',
      'unknown: no check e2e for 8f3c2d1a00 (check e2e)',
    ],
    [
      'expect check build, check e2e',
      checks(check('build'), check('build', 'failure', 'timed_out'), check('e2e'), check('e2e', 'pending')),
      'false: build: success, timed_out (check build)',
      'unknown: e2e: success, pending (check e2e)',
    ],
    ['expect check build', checks(check('build'), check('build')), 'true: build: success (check build)'],
    [
      'expect checks-green',
      { ...checks(), commit: null },
      'unknown: no checks for the commit (checks-green)',
    ],
    ...forgeRequiredRows,
  ],
}
