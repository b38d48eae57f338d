import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { type ConfigOf, configHash, shelfSecondsOf, variablesOf } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { observedReport } from '#lib/probes/pushed.ts'
import type { ReportFacts, TestsFacts } from '#lib/probes/reports/facts.ts'
import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import { toolKey } from '#lib/probes/reports/tool.ts'
import { shown } from '#lib/probes/shown.ts'
import { lodash, npmAudit, pipAudit, sarif, sqlRule } from './findings-samples.ts'
import { factsOf, judgeFacts, sample } from './read.ts'

function configOf(text: string): ConfigOf<'report'> {
  const parsed = parseProbe(text)
  if (!parsed.ok || parsed.config.kind !== 'report') throw new Error(text)
  return parsed.config
}

const facts = (of: Partial<TestsFacts> = {}): TestsFacts => ({
  meaning: 'tests',
  suites: 1,
  tests: 10,
  passed: 10,
  failed: 0,
  errored: 0,
  skipped: 0,
  time: '1500',
  disagreements: [],
  failures: [],
  ...of,
})
const file = {
  format: 'junit',
  name: null,
  commit: 'c'.repeat(40),
  digest: 'd'.repeat(64),
  bytes: 12_500,
  pushedAt: '2026-02-03T04:05:06.000Z',
  pushedBy: 'CI',
} as const
const at = '2026-02-03T04:06:00.000Z'

describe('a report of tests', () => {
  it.each<[string, Partial<TestsFacts>, string, string]>([
    ['failed == 0, tests >= 10', {}, 'pass', '0 of 10 failed · 10 tests'],
    ['tests >= 11', {}, 'fail', '10 tests · wanted ≥ 11'],
    [
      'failed == 0',
      { passed: 9, failed: 1, failures: [{ name: 'C › f', is: 'failed', message: null }] },
      'fail',
      '1 of 10 failed: C › f · wanted 0',
    ],
    // Who asks for no failure does not want an error either.
    ['failed == 0', { passed: 9, errored: 1 }, 'fail', '1 of 10 failed · wanted 0'],
    ['errored == 0', { passed: 9, failed: 1 }, 'pass', '0 errored'],
    ['errored == 0', { passed: 9, errored: 1 }, 'fail', '1 errored · wanted 0'],
    ['passed >= 10', { passed: 9, skipped: 1 }, 'fail', '9 of 10 passed · wanted ≥ 10'],
    ['skipped <= 1', { passed: 9, skipped: 1 }, 'pass', '1 skipped'],
    ['skipped == 0', { passed: 9, skipped: 1 }, 'fail', '1 skipped · wanted 0'],
    ['time < 2s', {}, 'pass', '1500 ms'],
    ['time < 1s', {}, 'fail', '1500 ms · wanted < 1s'],
    ['time < 2s', { time: null }, 'inconclusive', 'no case has a time · wanted < 2s'],
    ['failed == 0', { tests: 0, passed: 0 }, 'inconclusive', 'no tests · wanted a test that ran'],
    ['failed == 0, tests >= 1', { tests: 0, passed: 0 }, 'fail', '0 tests · wanted ≥ 1 · 1 more'],
    ['failed == 0, tests <= 5', { tests: 0, passed: 0 }, 'inconclusive', 'no tests · wanted a test that ran'],
    ['tests == 0', { tests: 0, passed: 0 }, 'pass', '0 tests'],
    ['tests == 0, skipped == 0', { tests: 0, passed: 0 }, 'pass', '0 tests · 0 skipped'],
    [
      'failed == 0, tests >= 1',
      { passed: 0, skipped: 10 },
      'inconclusive',
      '10 of 10 tests skipped · wanted a test that ran',
    ],
    [
      'failed == 0',
      { disagreements: ['s states 11 tests, and has 10', 'more'] },
      'inconclusive',
      's states 11 tests, and has 10 (and 1 more) · wanted totals that agree with the cases',
    ],
    ['failed == 0, warn skipped == 0', { passed: 9, skipped: 1 }, 'warn', 'warning: 1 skipped · wanted 0'],
  ])('%s: %j is %s', (conditions, of, outcome, line) => {
    expect(judgeFacts(`expect ${conditions}`, facts(of))).toMatchObject({ outcome, line })
  })
})

describe('what was pushed', () => {
  const config = configOf('report tests expect failed == 0')
  const named = configOf('report tests "unit" expect failed == 0')
  const whole = { ...file, facts: facts() }

  it('is missed in words', () => {
    const judged = judge(config, observedReport({ config, at, report: null }))
    expect(judged).toMatchObject({
      outcome: 'inconclusive',
      verdict: 'inconclusive',
      line: 'none was pushed for this commit · wanted a report of tests',
    })
    expect(judge(named, observedReport({ config: named, at, report: null })).line).toBe(
      'none was pushed for this commit · wanted a report of tests named "unit"',
    )
  })

  it('counts for the probe of its meaning and name alone', () => {
    const outcome = (
      asked: typeof config,
      report: typeof whole | (Omit<typeof whole, 'name'> & { name: string }),
    ) => judge(asked, observedReport({ config: asked, at, report })).outcome
    expect(outcome(config, whole)).toBe('pass')
    expect(outcome(named, { ...whole, name: 'unit' })).toBe('pass')
    expect(outcome(named, whole)).toBe('inconclusive')
    expect(outcome(config, { ...whole, name: 'unit' })).toBe('inconclusive')
    const coverage = configOf('report coverage expect lines >= 0%')
    expect(outcome(coverage, whole)).toBe('inconclusive')
  })

  it('is an observation without a connection, that can be stored and read back', () => {
    const seen = observedReport({ config, at, report: whole })
    expect(observationSchema.parse(JSON.parse(JSON.stringify(seen)))).toEqual(seen)
    expect(seen).toMatchObject({ connection: null, error: null, configHash: configHash(config) })
    expect(shown(seen).facts.map(({ term }) => term)).not.toContain('Timings')
  })

  it('asks nothing of an environment, and stays fresh while its commit does', () => {
    expect(variablesOf(config)).toEqual([])
    expect(shelfSecondsOf(config)).toBe(2_592_000)
    expect(shelfSecondsOf(configOf('report findings expect all == 0'))).toBe(604_800)
    expect(shelfSecondsOf(configOf('report findings expect all == 0, shelf 1h'))).toBe(3_600)
  })
})

describe('findings of several tools under one name', () => {
  const config = configOf('report findings expect critical == 0')
  const found = async (text: string, format: 'sarif' | 'npm-audit', pushedAt: string = file.pushedAt) => ({
    ...{ ...file, format, pushedAt },
    facts: await factsOf('findings', text),
  })
  const rated = sarif({ rules: [sqlRule] })

  it('are judged together, and the line names the tool that fails', async () => {
    const bad = await found(
      npmAudit({ lodash: { ...lodash, severity: 'critical' } }, { critical: 1 }),
      'npm-audit',
    )
    const good = await found(rated, 'sarif')
    const seen = observedReport({ config, at, report: good, others: [bad] })
    expect(observationSchema.parse(JSON.parse(JSON.stringify(seen)))).toEqual(seen)
    expect(judge(config, seen)).toMatchObject({ outcome: 'fail', line: '1 critical (npm audit) · wanted 0' })
    const clean = await found(npmAudit({}), 'npm-audit')
    expect(judge(config, observedReport({ config, at, report: good, others: [clean] }))).toMatchObject({
      outcome: 'pass',
      line: '0 critical (CodeQL) · 0 critical (npm audit)',
      conditions: [{ text: 'CodeQL: critical == 0' }, { text: 'npm audit: critical == 0' }],
    })
    const old = { ...clean, pushedAt: '2026-01-03T04:05:06.000Z' }
    expect(judge(config, observedReport({ config, at, report: good, others: [old] }))).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringMatching(/^pushed .* ago \(npm audit\) · wanted within 7d$/),
    })
  })

  it('are shown each under the name of its tool', async () => {
    const report = await found(npmAudit({ lodash }, { high: 1 }), 'npm-audit')
    const others = [await found(rated, 'sarif')]
    const told = shown(observedReport({ config, at, report, others }))
    expect(told.facts.map(({ text }) => text)).toContain('of 2 tools')
    expect(told.parts?.map(({ title }) => title)).toEqual(['npm audit', 'CodeQL'])
    expect(told.parts?.[0]?.blocks[0]?.label).toBe('Worst findings of npm audit')
  })

  it('leave a look that was stored with one report as it was', async () => {
    const report = await found(npmAudit({}), 'npm-audit')
    const seen = observedReport({ config, at, report })
    expect(seen).not.toHaveProperty('others')
    expect(judge(config, seen).line).toBe('0 critical')
  })
})

describe('which tool a report is of', () => {
  const of = (format: ReportFormat, more: object, meaning = 'findings') =>
    JSON.stringify(toolKey({ format, facts: { meaning, ...more } as ReportFacts }))

  it('is its format and the name in it, of findings alone', () => {
    expect(of('junit', {}, 'tests')).toBe('null')
    expect(of('trivy', { tool: 'Trivy 1' })).toBe(of('trivy', { tool: 'Trivy 2' }))
    expect(of('trivy', { tool: 'Trivy 1' })).not.toBe(of('grype', { tool: 'Trivy 1' }))
    expect(of('sarif', { tools: ['A'], tool: 'A 1' })).toBe(of('sarif', { tools: ['A'], tool: 'A 2' }))
    expect(of('sarif', { tools: ['A'] })).not.toBe(of('sarif', { tools: ['B'] }))
    // Written before the names were kept apart.
    expect(of('sarif', { tool: 'A 1' })).not.toBe(of('sarif', { tool: 'B 1' }))
  })
})

describe('the words of a report', () => {
  it.each([
    ['report', 6, 'what the report is about is missing', null],
    ['report test expect failed == 0', 7, '"test" is not known here', 'write tests'],
    ['report tests expect lines >= 80%', 20, '"lines" is not known here', null],
    ['report coverage expect lines >= 80', 32, 'lines needs a unit of ratio', 'write 80%'],
    ['report tests expect failed == 0%', 30, 'failed is a plain number', 'write 0'],
    ['report tests unit expect failed == 0', 13, '"unit" is not known here', null],
    [
      'report tests " unit" expect failed == 0',
      13,
      'the name of a report is 1 to 64 characters, with no blank at its ends',
      null,
    ],
    ['report tests "unit', 13, 'the text has no closing quote', 'close the quote'],
    ['report tests expect failed == 0, timeout 5s', 33, '"timeout" is not known here', null],
    ['report tests expect failed == 0, window 1 of 2 every 1s', 33, '"window" is not known here', null],
    [
      'report findings',
      15,
      'the probe says nothing to expect, so it would prove nothing',
      'add: expect critical == 0',
    ],
  ])('%s', (text, offset, message, fix) => {
    const parsed = parseProbe(text)
    expect(parsed).toMatchObject({ ok: false, problem: { offset, message, fix } })
  })
})

describe('Why', () => {
  const shownOf = (
    of: TestsFacts | Awaited<ReturnType<typeof factsOf>>,
    format: 'junit' | 'sarif' = 'junit',
  ) => {
    const config = configOf(`report ${of.meaning} "unit" expect ${EXPECTED[of.meaning]}`)
    return shown(observedReport({ config, at, report: { ...file, format, name: 'unit', facts: of } }))
  }
  const EXPECTED = {
    tests: 'failed == 0',
    coverage: 'lines >= 80%',
    findings: 'all == 0',
    components: 'components >= 1',
  }
  const text = ({ facts: lines }: ReturnType<typeof shown>) => lines.map((one) => `${one.term}: ${one.text}`)

  it('shows the file, and of tests the first that did not pass', async () => {
    const told = shownOf(await factsOf('tests', sample('junit-node.xml')))
    expect(text(told)).toEqual([
      'Report: JUnit XML, "unit", 12.5 kB',
      `Commit: ${file.commit}`,
      'Pushed: 2026-02-03 04:05:06 UTC by CI',
      `File: ${file.digest}`,
      'Tests: 8: 3 passed, 2 failed, 0 errored, 3 skipped',
      'Suites: 3',
      'Time of the cases: 2.205 ms',
    ])
    expect(told.blocks).toEqual([
      {
        summary: 'Did not pass (2 of 2)',
        label: 'Did not pass',
        code: expect.stringContaining('failed: test › bad\n  1 == 2\nfailed: suite.deeper › x\n  boom'),
      },
    ])
    expect(shownOf(facts()).blocks).toEqual([])
    expect(text(shownOf(facts({ disagreements: ['a', 'b'] }))).slice(-2)).toEqual([
      'At odds 1: a',
      'At odds 2: b',
    ])
  })

  it('shows shares as stated and as counted', async () => {
    const told = text(shownOf(await factsOf('coverage', sample('clover-c8.xml'))))
    expect(told.slice(4)).toEqual([
      'Lines: 81.81%, 9 of 11',
      'Branches: 83.33%, 5 of 6',
      'Functions: 50%, 1 of 2',
      'Statements: 81.81%, 9 of 11',
      'Source files: 2',
    ])
    const odd =
      '<coverage line-rate="1" lines-covered="1" lines-valid="2"><class><lines><line hits="1"/></lines></class></coverage>'
    expect(text(shownOf(await factsOf('coverage', odd)))[4]).toBe(
      'Lines: 50%, 1 of 2 as stated, 100%, 1 of 1 as counted',
    )
  })

  it('shows the worst findings, with id, package and severity', async () => {
    const told = shownOf(await factsOf('findings', npmAudit({ lodash }, { high: 1 })), 'sarif')
    expect(text(told).slice(4)).toEqual([
      'Tool: npm audit',
      'Findings: 0 critical, 1 high, 0 medium, 0 low, 0 info, 0 not rated',
      'Looked at: 705',
    ])
    expect(told.blocks[0]?.code).toBe(
      'high: GHSA-35jh-r3h4-6jhm · lodash <=4.17.20 · Command Injection in lodash',
    )
    const skipped = text(shownOf(await factsOf('findings', pipAudit({ name: 'app', skip_reason: 'x' }))))
    expect(skipped).toContain('Not looked at: 1')
    const quiet = sarif({ results: [{ suppressions: [{ kind: 'inSource' }] }] })
    expect(text(shownOf(await factsOf('findings', quiet)))).toContain('Suppressed: 1')
  })

  it('shows components, and those without a version', async () => {
    const bom = JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      components: [{ type: 'library', name: 'left-pad' }],
      vulnerabilities: [{ ratings: [{ severity: 'high' }] }, { analysis: { state: 'resolved' } }],
    })
    const told = shownOf(await factsOf('components', bom))
    expect(text(told).slice(4)).toEqual([
      'Components: 1, of which 1 without a version',
      'CycloneDX: 1.6',
      'Vulnerabilities: 0 critical, 1 high, 0 medium, 0 low, 0 info, 0 not rated',
      "Set aside: 1 by the file's own analysis",
    ])
    expect(told.blocks[0]).toMatchObject({ summary: 'Without a version (1 of 1)', code: 'left-pad' })
  })

  it('says when nothing was pushed', () => {
    const config = configOf('report tests expect failed == 0')
    expect(text(shown(observedReport({ config, at, report: null })))).toEqual([
      'Report: none was pushed for this commit',
    ])
  })
})

describe('a report that was pushed long ago', () => {
  it.each([
    ['within 30 days', '2026-03-05T04:05:06.000Z', 'report tests expect failed == 0', 'pass'],
    ['a second later', '2026-03-05T04:05:07.000Z', 'report tests expect failed == 0', 'inconclusive'],
    ['within its own shelf', '2026-02-03T05:05:06.000Z', 'report tests expect failed == 0, shelf 1h', 'pass'],
    [
      'past its own shelf',
      '2026-02-03T05:05:07.000Z',
      'report tests expect failed == 0, shelf 1h',
      'inconclusive',
    ],
  ])('%s', (_when, at, text, outcome) => {
    const config = configOf(text)
    const judged = judge(config, observedReport({ config, at, report: { ...file, facts: facts() } }))
    expect(judged.outcome).toBe(outcome)
    if (outcome !== 'pass') expect(judged.line).toMatch(/^pushed .* ago · wanted within /)
  })
})
