import type { JudgeCases, Patch } from './case.ts'

const FILE = {
  ...{ format: 'junit', name: null, commit: 'c', digest: 'd', bytes: 1 },
  ...{ pushedAt: '2026-02-03T04:00:00.000Z', pushedBy: 'CI' },
}
const report = (facts: Patch, more: Patch = {}) => ({ report: { ...FILE, ...more, facts } })

const TESTS = {
  ...{ meaning: 'tests', suites: 1, tests: 9, passed: 5, failed: 1, errored: 2, skipped: 1, time: '1500' },
  disagreements: [],
  failures: [{ name: 'pays twice', is: 'failed', message: null }],
}
const tests = (facts: Patch = {}) => report({ ...TESTS, ...facts })

const UNSAID = { stated: null, counted: null }
const of = (covered: number, total: number) => ({ covered, total })
const coverage = (facts: Patch) =>
  report({
    ...{ meaning: 'coverage', files: 1, lines: UNSAID, branches: UNSAID, functions: UNSAID },
    ...{ statements: UNSAID, ...facts },
  })

const NONE = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
const findings = (counts: Patch, more: Patch = {}, file: Patch = {}) =>
  report(
    {
      ...{ meaning: 'findings', tool: null, scanned: 3, unscanned: 0, suppressed: 0, disagreements: [] },
      ...{ first: [], counts: { ...NONE, ...counts }, ...more },
    },
    file,
  )

/** What several tools found, the newest first. */
const tools = (first: Patch, ...others: Patch[]) => ({
  ...first,
  others: others.map(({ report }) => report),
})
const npm = (counts: Patch) => findings(counts, { tool: 'npm audit' }, { format: 'npm-audit' })
const eslint = (more: Patch = {}, file: Patch = {}) =>
  findings({}, { tool: 'ESLint 10.1.0', tools: ['ESLint'], ...more }, { format: 'sarif', ...file })

const components = (more: Patch = {}) =>
  report({
    ...{ meaning: 'components', specVersion: '1.6', components: 4, unpinned: 0, firstUnpinned: [] },
    ...{ vulnerabilities: null, setAside: 0, ...more },
  })

export const reportCases: JudgeCases = {
  head: 'report',
  refused: 'fail',
  seen: { report: null },
  rows: [
    // Which report.
    ['tests expect failed == 0', {}, 'unknown: none was pushed for this commit (a report of tests)'],
    [
      'tests "unit" expect failed == 0',
      {},
      'unknown: none was pushed for this commit (a report of tests named "unit")',
    ],
    ['tests expect tests == 9', tests(), 'true: 9 tests (9)'],
    [
      'tests "unit" expect tests == 9',
      tests(),
      'unknown: a report of tests (a report of tests named "unit")',
    ],
    ['tests "unit" expect tests == 9', report(TESTS, { name: 'unit' }), 'true: 9 tests (9)'],
    [
      'tests expect tests == 9',
      report(TESTS, { name: 'unit' }),
      'unknown: a report of tests (a report of tests)',
    ],
    ['coverage expect lines >= 80%', tests(), 'unknown: a report of tests (a report of coverage)'],
    [
      'tests expect tests == 9, shelf 1h',
      report(TESTS, { pushedAt: '2026-02-03T03:05:06.000Z' }),
      'true: 9 tests (9)',
    ],
    [
      'tests expect tests == 9, shelf 1h',
      report(TESTS, { pushedAt: '2026-02-03T03:05:05.999Z' }),
      'unknown: pushed 1h ago (within 1h)',
      'true: 9 tests (9)',
    ],
    [
      'tests expect tests == 9, shelf 1h',
      report(TESTS, { pushedAt: '2026-02-03T03:05:05.000Z' }),
      'unknown: pushed 1h 1s ago (within 1h)',
      'true: 9 tests (9)',
    ],
    [
      'tests expect tests == 9, shelf 1h',
      report(TESTS, { pushedAt: '2026-02-03T03:05:02.000Z' }),
      'unknown: pushed 1h 4s ago (within 1h)',
      'true: 9 tests (9)',
    ],
    [
      'tests expect tests == 9, shelf 1h',
      report(TESTS, { pushedAt: 'at three' }),
      'unknown: pushed at no known time (within 1h)',
      'true: 9 tests (9)',
    ],
    // Tests.
    [
      'tests expect passed == 5, errored == 2, skipped == 1',
      tests(),
      'true: 5 of 9 passed (5)',
      'true: 2 errored (2)',
      'true: 1 skipped (1)',
    ],
    ['tests expect failed <= 2', tests(), 'false: 3 of 9 failed: pays twice (≤ 2)'],
    ['tests expect failed <= 3', tests(), 'true: 3 of 9 failed: pays twice (≤ 3)'],
    [
      'tests expect failed == 0',
      tests({ passed: 8, failed: 0, errored: 0, failures: [] }),
      'true: 0 of 9 failed (0)',
    ],
    [
      'tests expect time <= 1.5s, warn time < 1.5s',
      tests(),
      'true: 1500 ms (≤ 1.5s)',
      'warn false: 1500 ms (< 1.5s)',
    ],
    ['tests expect time <= 1.5s', tests({ time: null }), 'unknown: no case has a time (≤ 1.5s)'],
    [
      'tests expect tests == 1',
      tests({ tests: 1, passed: 1, failed: 0, errored: 0, skipped: 0 }),
      'true: 1 test (1)',
    ],
    [
      'tests expect failed <= 3',
      tests({ tests: 0, passed: 0, failed: 0, errored: 0, skipped: 0 }),
      'true: 0 of 0 failed: pays twice (≤ 3)',
      'unknown: no tests (a test that ran)',
    ],
    [
      'tests expect tests == 0',
      tests({ tests: 0, passed: 0, failed: 0, errored: 0, skipped: 0 }),
      'true: 0 tests (0)',
    ],
    [
      'tests expect tests <= 0',
      tests({ tests: 0, passed: 0, failed: 0, errored: 0, skipped: 0 }),
      'true: 0 tests (≤ 0)',
      'unknown: no tests (a test that ran)',
    ],
    [
      'tests expect tests == 1',
      tests({ tests: 0, passed: 0, failed: 0, errored: 0, skipped: 0 }),
      'false: 0 tests (1)',
      'unknown: no tests (a test that ran)',
    ],
    [
      'tests expect failed == 0',
      tests({ tests: 0, passed: 0, failed: 0, errored: 0, skipped: 0 }),
      'true: 0 of 0 failed: pays twice (0)',
      'unknown: no tests (a test that ran)',
    ],
    [
      'tests expect tests == 0',
      tests({ tests: 2, passed: 0, failed: 0, errored: 0, skipped: 2 }),
      'false: 2 tests (0)',
      'unknown: 2 of 2 tests skipped (a test that ran)',
    ],
    [
      'tests expect skipped == 2',
      tests({ tests: 2, passed: 0, failed: 0, errored: 0, skipped: 2 }),
      'true: 2 skipped (2)',
      'unknown: 2 of 2 tests skipped (a test that ran)',
    ],
    [
      'tests expect skipped == 1',
      tests({ tests: 2, passed: 1, failed: 0, errored: 0, skipped: 1 }),
      'true: 1 skipped (1)',
    ],
    [
      'tests expect tests == 9',
      tests({ disagreements: ['says 10 tests'] }),
      'true: 9 tests (9)',
      'unknown: says 10 tests (totals that agree with the cases)',
    ],
    [
      'tests expect tests == 9',
      tests({ disagreements: ['says 10 tests', 'says 0 failed'] }),
      'true: 9 tests (9)',
      'unknown: says 10 tests (and 1 more) (totals that agree with the cases)',
    ],
    [
      'tests expect tests == 9',
      tests({ disagreements: ['a', 'b', 'c'] }),
      'true: 9 tests (9)',
      'unknown: a (and 2 more) (totals that agree with the cases)',
    ],
    // Coverage.
    [
      'coverage expect lines >= 80%',
      coverage({ lines: { stated: of(8, 10), counted: null } }),
      'true: 80% of 10 lines (≥ 80%)',
    ],
    [
      'coverage expect lines > 80%',
      coverage({ lines: { stated: null, counted: of(8, 10) } }),
      'false: 80% of 10 lines (> 80%)',
    ],
    [
      'coverage expect lines >= 80%',
      coverage({ lines: { stated: of(8, 10), counted: of(8, 10) } }),
      'true: 80% of 10 lines (≥ 80%)',
    ],
    [
      'coverage expect lines >= 80%',
      coverage({ lines: { stated: of(8, 10), counted: of(7, 10) } }),
      'unknown: 80% of 10 lines as stated, 70% of 10 lines as counted (≥ 80%)',
    ],
    [
      'coverage expect lines >= 80%',
      coverage({ lines: { stated: of(7, 10), counted: of(8, 10) } }),
      'unknown: 70% of 10 lines as stated, 80% of 10 lines as counted (≥ 80%)',
    ],
    [
      'coverage expect lines >= 70%',
      coverage({ lines: { stated: of(8, 10), counted: of(7, 10) } }),
      'true: 80% of 10 lines as stated, 70% of 10 lines as counted (≥ 70%)',
    ],
    [
      'coverage expect lines >= 90%',
      coverage({ lines: { stated: of(8, 10), counted: of(7, 10) } }),
      'false: 80% of 10 lines as stated, 70% of 10 lines as counted (≥ 90%)',
    ],
    [
      'coverage expect lines >= 0%',
      coverage({ lines: { stated: of(0, 0), counted: null } }),
      'unknown: no lines to cover (≥ 0%)',
    ],
    [
      'coverage expect lines >= 0%',
      coverage({ lines: { stated: of(8, 10), counted: of(0, 0) } }),
      'unknown: no lines to cover (≥ 0%)',
    ],
    [
      'coverage expect lines >= 0%',
      coverage({ lines: { stated: of(0, 0), counted: of(8, 10) } }),
      'unknown: no lines to cover (≥ 0%)',
    ],
    [
      'coverage expect lines >= 0%',
      coverage({ lines: { stated: of(11, 10), counted: null } }),
      'unknown: lines not in the report (≥ 0%)',
    ],
    ['coverage expect lines >= 0%', coverage({}), 'unknown: lines not in the report (≥ 0%)'],
    [
      'coverage expect branches >= 10%, functions >= 20%, statements >= 30%, lines >= 0%',
      coverage({
        branches: { stated: of(1, 10), counted: null },
        functions: { stated: of(2, 10), counted: null },
        statements: { stated: of(3, 10), counted: null },
      }),
      'true: 10% of 10 branches (≥ 10%)',
      'true: 20% of 10 functions (≥ 20%)',
      'true: 30% of 10 statements (≥ 30%)',
      'unknown: lines not in the report (≥ 0%)',
    ],
    // Findings.
    [
      'findings expect critical == 0, high <= 2',
      findings({ high: 2, low: 9 }),
      'true: 0 critical (0)',
      'true: 2 high (≤ 2)',
    ],
    [
      'findings expect critical == 0, high <= 2',
      findings({ critical: 1, high: 3 }),
      'false: 1 critical (0)',
      'false: 3 high (≤ 2)',
    ],
    ['findings expect high <= 2', findings({ high: 2, unknown: 1 }), 'unknown: 2 high, 1 not rated (≤ 2)'],
    ['findings expect high <= 3', findings({ high: 2, unknown: 1 }), 'true: 2 high, 1 not rated (≤ 3)'],
    ['findings expect high <= 1', findings({ high: 2, unknown: 1 }), 'false: 2 high, 1 not rated (≤ 1)'],
    ['findings expect high == 3', findings({ high: 2, unknown: 2 }), 'unknown: 2 high, 2 not rated (3)'],
    ['findings expect high != 3', findings({ high: 2, unknown: 2 }), 'unknown: 2 high, 2 not rated (≠ 3)'],
    ['findings expect high != 2', findings({ high: 2, unknown: 2 }), 'unknown: 2 high, 2 not rated (≠ 2)'],
    ['findings expect high != 1', findings({ high: 2, unknown: 2 }), 'true: 2 high, 2 not rated (≠ 1)'],
    [
      'findings expect medium == 4, low == 5, info == 6',
      findings({ medium: 4, low: 5, info: 6 }),
      'true: 4 medium (4)',
      'true: 5 low (5)',
      'true: 6 info (6)',
    ],
    [
      'findings expect all == 22',
      findings({ critical: 1, high: 2, medium: 3, low: 4, info: 5, unknown: 7 }),
      'true: 22 findings (22)',
    ],
    ['findings expect all <= 1', findings({ critical: 1 }), 'true: 1 finding (≤ 1)'],
    [
      'findings expect critical == 0, suppressed <= 1',
      findings({}, { suppressed: 1 }),
      'true: 0 critical (0)',
      'true: 1 suppressed (≤ 1)',
    ],
    [
      'findings expect critical == 0',
      findings({}, { scanned: 0 }),
      'true: 0 critical (0)',
      'unknown: nothing was scanned (a scan)',
    ],
    ['findings expect critical == 0', findings({}, { scanned: 1 }), 'true: 0 critical (0)'],
    ['findings expect critical == 0', findings({}, { scanned: null }), 'true: 0 critical (0)'],
    [
      'findings expect critical == 0',
      findings({}, { unscanned: 1 }),
      'true: 0 critical (0)',
      'unknown: 1 not scanned (a whole scan)',
    ],
    [
      'findings expect critical == 0',
      findings({}, { unscanned: 2 }),
      'true: 0 critical (0)',
      'unknown: 2 not scanned (a whole scan)',
    ],
    [
      'findings expect critical == 0, unscanned <= 2',
      findings({}, { unscanned: 2 }),
      'true: 0 critical (0)',
      'true: 2 not scanned (≤ 2)',
    ],
    [
      'findings expect critical == 0',
      findings({}, { disagreements: ['says 4 findings'] }),
      'true: 0 critical (0)',
      'unknown: says 4 findings (totals that agree with the findings)',
    ],
    [
      'findings expect critical == 0, high == 1, high != 1',
      findings({ high: 2 }, { unrated: 'security is not rated' }),
      'unknown: 0 critical, security is not rated (0)',
      'false: 2 high, security is not rated (1)',
      'true: 2 high, security is not rated (≠ 1)',
    ],
    [
      'findings expect critical <= 99, all == 3',
      findings({ high: 2, unknown: 1 }, { unrated: 'security is not rated' }),
      'unknown: 0 critical, 1 not rated, security is not rated (≤ 99)',
      'true: 3 findings (3)',
    ],
    // Findings of several tools.
    ['findings expect critical == 0', eslint(), 'true: 0 critical (0)'],
    [
      'findings expect critical == 0, high <= 2',
      tools(eslint(), npm({ critical: 2 })),
      'true: 0 critical (ESLint) (0)',
      'true: 0 high (ESLint) (≤ 2)',
      'false: 2 critical (npm audit) (0)',
      'true: 0 high (npm audit) (≤ 2)',
    ],
    [
      'findings expect critical == 0, shelf 1h',
      tools(npm({}), eslint({}, { pushedAt: '2026-02-03T03:05:02.000Z' })),
      'true: 0 critical (npm audit) (0)',
      'unknown: pushed 1h 4s ago (ESLint) (within 1h)',
      'true: 0 critical (ESLint) (0)',
    ],
    [
      'findings expect critical == 0',
      tools(eslint(), findings({}, { tool: null }, { format: 'grype' })),
      'true: 0 critical (ESLint) (0)',
      'true: 0 critical (Grype JSON) (0)',
    ],
    [
      'findings expect critical == 0',
      tools(npm({}), eslint({ tools: ['CodeQL', 'Semgrep'] }), eslint({ tools: ['A', 'B'.repeat(60), 'C'] })),
      'true: 0 critical (npm audit) (0)',
      'true: 0 critical (CodeQL, Semgrep) (0)',
      'true: 0 critical (A and 2 more) (0)',
    ],
    [
      'findings expect critical == 0',
      tools(npm({}), eslint({}, { name: 'lint' })),
      'unknown: a report of findings (a report of findings)',
    ],
    [
      'findings expect critical == 0',
      tools(npm({}), tests()),
      'unknown: a report of tests (a report of findings)',
    ],
    [
      'findings expect all == 0',
      tools(npm({}), ...Array.from({ length: 19 }, () => npm({}))),
      ...Array.from({ length: 20 }, () => 'true: 0 findings (npm audit) (0)'),
    ],
    [
      'findings expect all == 0',
      tools(npm({}), ...Array.from({ length: 20 }, () => npm({}))),
      ...Array.from({ length: 21 }, () => 'true: 0 findings (npm audit) (0)'),
      'unknown: more than 20 tools (20 at most, the others under names of their own)',
    ],
    // Components.
    ['components expect components >= 4', components(), 'true: 4 components (≥ 4)'],
    ['components expect components == 1', components({ components: 1 }), 'true: 1 component (1)'],
    ['components expect unpinned == 0', components(), 'true: 0 without a version (0)'],
    [
      'components expect unpinned == 0',
      components({ unpinned: 1, firstUnpinned: ['left-pad', 'b'] }),
      'false: 1 without a version: left-pad (0)',
    ],
    [
      'components expect unpinned == 0',
      components({ components: 0 }),
      'true: 0 without a version (0)',
      'unknown: no components (a component)',
    ],
    ['components expect components == 0', components({ components: 0 }), 'true: 0 components (0)'],
    [
      'components expect vulnerabilities == 0, critical == 0',
      components(),
      'unknown: no list of vulnerabilities (0)',
      'unknown: no list of vulnerabilities (0)',
    ],
    [
      'components expect vulnerabilities == 0, critical == 0',
      components({ vulnerabilities: NONE }),
      'true: 0 vulnerabilities (0)',
      'true: 0 critical (0)',
    ],
    [
      'components expect vulnerabilities == 3, critical == 1, high == 0, medium == 0, low == 0',
      components({ vulnerabilities: { ...NONE, critical: 1, info: 2 } }),
      'true: 3 vulnerabilities (3)',
      'true: 1 critical (1)',
      'true: 0 high (0)',
      'true: 0 medium (0)',
      'true: 0 low (0)',
    ],
    [
      'components expect high == 0',
      components({ vulnerabilities: { ...NONE, unknown: 1 } }),
      'unknown: 0 high, 1 not rated (0)',
    ],
    [
      'components expect vulnerabilities == 1',
      components({ vulnerabilities: { ...NONE, unknown: 1 } }),
      'true: 1 vulnerability (1)',
    ],
  ],
}
