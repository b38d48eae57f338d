import { describe, expect, it } from 'vitest'
import type { FindingsFacts, SeverityCounts } from '#lib/probes/reports/facts.ts'
import {
  flask,
  grype,
  grypeMatch,
  json,
  lodash,
  npmAudit,
  oldTool,
  openssl,
  osv,
  osvPackage,
  pipAudit,
  sarif,
  sqlResult,
  sqlRule,
  trivy,
  trivyTarget,
} from './findings-samples.ts'
import { factsOf, judgeFacts, problemOf } from './read.ts'

const NONE: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
const rule = (of: object) => ({ id: 'r', ...of })
const result = (of: object) => ({ ruleId: 'r', message: { text: 'm' }, ...of })
const scored = (score: unknown) => ({ properties: { 'security-severity': score } })
const counts = async (text: string) => (await factsOf('findings', text)).counts

describe('SARIF', () => {
  it('keeps what was found, where, and by which tool', async () => {
    expect(await factsOf('findings', sarif({ rules: [sqlRule], results: [sqlResult] }))).toEqual({
      meaning: 'findings',
      tool: 'CodeQL 2.20.1',
      tools: ['CodeQL'],
      scanned: 1,
      unscanned: 0,
      counts: { ...NONE, high: 1 },
      suppressed: 0,
      disagreements: [],
      first: [
        {
          id: 'js/sql-injection',
          severity: 'high',
          package: null,
          version: null,
          fixedIn: null,
          title: 'This query depends on a user-provided value.',
          where: 'src/db.js:12',
        },
      ],
    })
  })

  it.each([
    [{}, {}, 'medium'],
    [{ level: 'error' }, {}, 'unknown'],
    [{ level: 'warning' }, {}, 'medium'],
    [{ level: 'note' }, {}, 'low'],
    [{ level: 'none' }, {}, 'info'],
    [{ level: 'dreadful' }, {}, 'unknown'],
    [{}, { defaultConfiguration: { level: 'error' } }, 'unknown'],
    [{ level: 'note' }, { defaultConfiguration: { level: 'error' } }, 'low'],
    [{ level: 'note' }, scored('10.0'), 'critical'],
    [{ level: 'note' }, scored('9.0'), 'critical'],
    [{ level: 'note' }, scored('8.9'), 'high'],
    [{ level: 'note' }, scored(7), 'high'],
    [{ level: 'error' }, scored('6.9'), 'medium'],
    [{ level: 'error' }, scored('4.0'), 'medium'],
    [{ level: 'error' }, scored('3.9'), 'low'],
    [{ level: 'error' }, scored('0.0'), 'info'],
    [{ level: 'error' }, scored('10.1'), 'unknown'],
    [{ level: 'warning' }, scored('10.1'), 'medium'],
    [{ level: 'error' }, scored('high'), 'unknown'],
    [scored('9.9'), scored('1.0'), 'critical'],
    [{ kind: 'fail', level: 'warning' }, {}, 'medium'],
    [{ kind: 'review' }, {}, 'unknown'],
    [{ kind: 'open' }, {}, 'unknown'],
  ] as const)('a result of %j by a rule of %j is %s', async (ofResult, ofRule, severity) => {
    const text = sarif({ rules: [rule(ofRule)], results: [result(ofResult)] })
    expect(await counts(text)).toEqual({ ...NONE, [severity]: 1 })
  })

  it.each([
    { kind: 'pass' },
    { kind: 'notApplicable' },
    { kind: 'informational' },
    { level: 'error', baselineState: 'absent' },
  ])('a result of %j is no finding', async (of) => {
    expect(await factsOf('findings', sarif({ results: [result(of)] }))).toMatchObject({
      counts: NONE,
      suppressed: 0,
    })
  })

  it.each([
    [[], 0],
    [[{ kind: 'inSource' }], 1],
    [[{ kind: 'external', status: 'accepted' }], 1],
    [[{ kind: 'external', status: 'underReview' }], 0],
    [[{ kind: 'inSource' }, { kind: 'external', status: 'rejected' }], 0],
  ])('with suppressions %j is suppressed %i times', async (suppressions, suppressed) => {
    const facts = await factsOf('findings', sarif({ results: [result({ suppressions })] }))
    expect(facts).toMatchObject({ suppressed, counts: { ...NONE, medium: 1 - suppressed } })
  })

  it.each([
    [{ rules: [rule(scored('7.0'))] }, true],
    [{ rules: [rule({}), rule({ id: 's', properties: { tags: ['x', 'security'] } })] }, true],
    [{ extensions: [{ name: 'x', rules: [rule(scored('1.0'))] }] }, true],
    [{ results: [result(scored('9.9'))] }, true],
    [{ results: [result({ properties: { tags: ['security'] } })] }, true],
    [{}, false],
    [{ rules: [rule({ properties: { category: 'security', tags: ['performance'] } })] }, false],
    [{ rules: [rule(scored('high'))], results: [result({ level: 'error' })] }, false],
  ])('with %j rates security: %s', async (run, rates) => {
    const unrated = rates ? undefined : 'security is not rated'
    expect((await factsOf('findings', sarif(run))).unrated).toBe(unrated)
    // Each tool of the file has to.
    const both = await factsOf('findings', sarif({ rules: [sqlRule] }, run))
    expect(both.unrated).toBe(unrated)
  })

  it('of a linter proves nothing of severities, and says how much it found', async () => {
    const clean = await factsOf('findings', sarif({ rules: [rule({})] }))
    const asked = (condition: string) => judgeFacts(`expect ${condition}`, clean, 'sarif')
    expect(asked('critical == 0')).toMatchObject({
      outcome: 'inconclusive',
      line: '0 critical, security is not rated · wanted 0',
    })
    expect(asked('critical == 0, all == 0').outcome).toBe('inconclusive')
    expect(asked('all == 0').outcome).toBe('pass')
    const found = await factsOf('findings', sarif({ results: [result({ level: 'error' })] }))
    expect(judgeFacts('expect all == 0', found, 'sarif').outcome).toBe('fail')
  })

  it('finds the rule by place, by id, and in an extension', async () => {
    const rules = [rule({ id: 'a', ...scored('9.8') }), rule({ id: 'b', ...scored('1.0') })]
    const of = async (one: object) => {
      const text = sarif({
        rules,
        extensions: [{ name: 'x', rules: [rule({ id: 'c', ...scored('7.0') })] }],
        results: [one],
      })
      return (await factsOf('findings', text)).first[0]?.severity
    }
    expect(await of({ ruleId: 'a' })).toBe('critical')
    expect(await of({ ruleIndex: 1 })).toBe('low')
    expect(await of({ ruleId: 'a/strict', ruleIndex: 0 })).toBe('critical')
    // A place that holds another rule than the one named is not believed.
    expect(await of({ ruleId: 'a', ruleIndex: 1 })).toBe('critical')
    expect(await of({ ruleId: 'c', rule: { index: 0, toolComponent: { index: 0 } } })).toBe('high')
    expect(await of({ ruleId: 'z', ruleIndex: -1 })).toBe('medium')
  })

  it('is not whole when a tool broke off or did not look', async () => {
    const broken = sarif({ invocations: [{ executionSuccessful: false }] })
    expect(await factsOf('findings', broken)).toMatchObject({ scanned: 1, unscanned: 1 })
    expect(await factsOf('findings', sarif({ results: null }, {}))).toMatchObject({
      scanned: 2,
      unscanned: 1,
    })
    expect(await factsOf('findings', sarif())).toMatchObject({ scanned: 0, tool: null })
  })

  it.each([
    ['another version', json({ version: '2.0.0', runs: [] }), 'only SARIF 2.1.0 is read, this is 2.0.0'],
    ['21 runs', sarif(...Array.from({ length: 21 }, () => ({}))), 'a file has at most 20 runs, this has 21'],
    [
      '25,001 results',
      `{"version":"2.1.0","runs":[{"results":[${'{},'.repeat(25_000)}{}]}]}`,
      'a run has at most 25000 results, this has 25001',
    ],
  ])('of %s is refused', async (_, text, message) => expect((await problemOf(text)).message).toBe(message))

  it('of 20 runs and 25,000 results is read', async () => {
    const text = `{"version":"2.1.0","runs":[{"results":[${'{},'.repeat(24_999)}{}]}${',{"results":[]}'.repeat(19)}]}`
    expect(await factsOf('findings', text)).toMatchObject({
      scanned: 20,
      counts: { ...NONE, medium: 25_000 },
    })
  })
})

describe('npm audit', () => {
  it('counts packages as npm does, and names the advisory', async () => {
    const text = npmAudit({ lodash, 'old-tool': oldTool }, { high: 1, moderate: 1 })
    expect(await factsOf('findings', text)).toMatchObject({
      scanned: 705,
      counts: { ...NONE, high: 1, medium: 1 },
      disagreements: [],
      first: [
        {
          id: 'GHSA-35jh-r3h4-6jhm',
          severity: 'high',
          package: 'lodash',
          version: '<=4.17.20',
          fixedIn: null,
        },
        { id: 'old-tool', severity: 'medium', package: 'old-tool', fixedIn: 'old-tool 3.0.0' },
      ],
    })
  })

  it('says where its totals differ from its list', async () => {
    const facts = await factsOf('findings', npmAudit({ lodash }, { high: 2, critical: 1 }))
    expect(facts.disagreements).toEqual(['critical: 1 stated, 0 listed', 'high: 2 stated, 1 listed'])
  })

  it.each([
    [
      json({ auditReportVersion: 3, vulnerabilities: {}, metadata: {} }),
      'auditReportVersion 2 is read, this is 3',
    ],
    [json({ auditReportVersion: 2, metadata: {} }), '"vulnerabilities" is missing'],
    [json({ auditReportVersion: 2, vulnerabilities: {} }), '"metadata" is missing'],
    ...[{}, { dependencies: {} }, { total: 3 }].map((metadata) => [
      json({ auditReportVersion: 2, vulnerabilities: {}, metadata }),
      '"metadata" does not say how many packages were looked at ("dependencies.total")',
    ]),
    [
      json({ advisories: {}, metadata: { vulnerabilities: {} } }),
      '"metadata" does not say how many packages were looked at ("totalDependencies")',
    ],
    [
      json({ error: { code: 'ENOLOCK', summary: 'needs a lockfile' } }),
      'npm audit did not look: needs a lockfile',
    ],
  ])('%s is refused', async (text, message) => expect((await problemOf(text)).message).toBe(message))
})

describe('pip-audit', () => {
  it('rates nothing, and counts what it skipped', async () => {
    expect(
      await factsOf('findings', pipAudit(flask, { name: 'app', skip_reason: 'not on PyPI' })),
    ).toMatchObject({
      scanned: 1,
      unscanned: 1,
      counts: { ...NONE, unknown: 1 },
      first: [
        { id: 'PYSEC-2019-179', severity: 'unknown', package: 'flask', version: '0.5', fixedIn: '1.0' },
      ],
    })
  })

  it('is read as a bare list too, and as an empty frame', async () => {
    expect(await counts(json([flask]))).toEqual({ ...NONE, unknown: 1 })
    expect(await factsOf('findings', pipAudit())).toMatchObject({ scanned: 0 })
  })
})

describe('OSV-Scanner', () => {
  it('counts a group once, and rates it by its score', async () => {
    expect(await factsOf('findings', osv([osvPackage('9.8')]))).toMatchObject({
      scanned: null,
      counts: { ...NONE, critical: 1 },
      first: [{ id: 'GHSA-c3h9-896r-86jm', package: 'github.com/gogo/protobuf', where: '/src/go.mod' }],
    })
  })

  it('rates by the word of the advisory where there is no score, else not at all', async () => {
    expect(await counts(osv([osvPackage('', 'MODERATE')]))).toEqual({ ...NONE, medium: 1 })
    expect(await counts(osv([osvPackage('')]))).toEqual({ ...NONE, unknown: 1 })
  })

  it('counts what stands in no group', async () => {
    const one = { package: { name: 'a', version: '1' }, vulnerabilities: [{ id: 'X-1' }, { id: 'X-2' }] }
    expect(await counts(osv([one]))).toEqual({ ...NONE, unknown: 2 })
  })

  it.each([
    json({ results: [] }),
    json({ results: [], errors: [], paths: { scanned: [] } }),
    json({ results: [{ check_id: 'x', path: 'a.py' }], errors: [] }),
    json({ results: [], generated_at: '2026', metrics: {} }),
  ])('is not seen in %s, which another tool may have written', async (text) => {
    expect((await problemOf(text)).message).toMatch(/^this JSON is none of SARIF/)
  })
})

describe('Trivy', () => {
  it('counts vulnerabilities, failed checks, secrets and licences alike', async () => {
    const text = trivy(
      { ...trivyTarget, Vulnerabilities: [openssl], ExperimentalModifiedFindings: [{ Status: 'ignored' }] },
      {
        Target: 'Dockerfile',
        Class: 'config',
        Misconfigurations: [
          { ID: 'DS002', AVDID: 'AVD-DS-0002', Severity: 'HIGH', Status: 'FAIL', Title: 'root user' },
          { ID: 'DS001', Severity: 'MEDIUM', Status: 'PASS' },
        ],
      },
      {
        Target: '.env',
        Class: 'secret',
        Secrets: [{ RuleID: 'aws-access-key-id', Severity: 'CRITICAL', StartLine: 3 }],
      },
      {
        Target: 'licences',
        Class: 'license',
        Licenses: [{ Severity: 'UNKNOWN', PkgName: 'x', Name: 'WTFPL' }],
      },
    )
    expect(await factsOf('findings', text)).toMatchObject({
      tool: 'Trivy 0.69.0',
      scanned: 4,
      suppressed: 1,
      counts: { ...NONE, critical: 2, high: 1, unknown: 1 },
      first: [
        { id: 'CVE-2025-15467', package: 'libssl3', fixedIn: '3.3.6-r0' },
        { id: 'aws-access-key-id', where: '.env:3' },
        { id: 'AVD-DS-0002', where: 'Dockerfile' },
        { id: 'WTFPL', package: 'x' },
      ],
    })
  })
})

describe('what Trivy looked at', () => {
  it.each([{}, { Target: 'x' }, { Class: 'os-pkgs', Type: 'alpine' }, { Target: null, Class: 'os-pkgs' }])(
    'is said by a result, and %j is refused with its place',
    async (result) => {
      const problem = await problemOf(trivy({ ...trivyTarget, Vulnerabilities: [openssl] }, result))
      expect(problem.message).toBe('a result has to say what was looked at: "Target", and "Class" or "Type"')
      expect(problem.line).toBeGreaterThan(20)
    },
  )

  it.each([
    [['secret'], 'inconclusive'],
    [['license', 'license-file', 'secret'], 'inconclusive'],
    [['secret', 'lang-pkgs'], 'pass'],
    [['os-pkgs'], 'pass'],
    [['config'], 'pass'],
  ])('%j without a finding is %s of critical vulnerabilities', async (classes, outcome) => {
    const facts = await factsOf('findings', trivy(...classes.map((Class) => ({ Target: '', Class }))))
    expect(judgeFacts('expect critical == 0', facts, 'trivy').outcome).toBe(outcome)
    expect(judgeFacts('expect all == 0', facts, 'trivy').outcome).toBe('pass')
  })

  it('fails by a secret that is critical, though no vulnerability was looked for', async () => {
    const Secrets = [{ RuleID: 'aws-access-key-id', Severity: 'CRITICAL' }]
    const facts = await factsOf('findings', trivy({ Target: '.env', Class: 'secret', Secrets }))
    expect(judgeFacts('expect critical == 0', facts, 'trivy')).toMatchObject({
      outcome: 'fail',
      line: '1 critical, vulnerabilities were not looked for · wanted 0',
    })
  })
})

describe('Grype', () => {
  it.each([
    ['Critical', 'critical'],
    ['High', 'high'],
    ['Medium', 'medium'],
    ['Low', 'low'],
    ['Negligible', 'info'],
    ['Unknown', 'unknown'],
    ['', 'unknown'],
  ] as const)('%s is %s', async (word, severity) => {
    expect(await counts(grype([grypeMatch(word)]))).toEqual({ ...NONE, [severity]: 1 })
  })

  it('counts apart what it was told to ignore', async () => {
    expect(await factsOf('findings', grype([], [grypeMatch('High')]))).toMatchObject({
      suppressed: 1,
      counts: NONE,
    })
  })
})

describe('the worst findings', () => {
  it('are twenty, and masked', async () => {
    const low = Array.from({ length: 30 }, () => grypeMatch('Low'))
    const facts = await factsOf('findings', grype([...low, grypeMatch('Critical')]))
    expect(facts.first).toHaveLength(20)
    expect(facts.first.map(({ severity }) => severity)).toEqual([
      'critical',
      ...Array.from({ length: 19 }, () => 'low'),
    ])
    const text = sarif({ results: [result({ message: { text: 'found password=hunter2 in it' } })] })
    expect((await factsOf('findings', text)).first[0]?.title).toBe('found password=••• in it')
  })
})

describe('a number of findings', () => {
  const facts = (of: Partial<SeverityCounts>, more: Partial<FindingsFacts> = {}): FindingsFacts => ({
    meaning: 'findings',
    tool: null,
    scanned: 1,
    unscanned: 0,
    counts: { ...NONE, ...of },
    suppressed: 0,
    disagreements: [],
    first: [],
    ...more,
  })

  it.each<[string, FindingsFacts, string, string]>([
    ['critical == 0', facts({ high: 3 }), 'pass', '0 critical'],
    ['critical == 0', facts({ critical: 1 }), 'fail', '1 critical · wanted 0'],
    // What nobody rated may be as bad as any.
    ['critical == 0', facts({ unknown: 1 }), 'inconclusive', '0 critical, 1 not rated · wanted 0'],
    ['critical == 0', facts({ critical: 1, unknown: 1 }), 'fail', '1 critical, 1 not rated · wanted 0'],
    ['high <= 3', facts({ high: 1, unknown: 2 }), 'pass', '1 high, 2 not rated'],
    ['high <= 2', facts({ high: 1, unknown: 2 }), 'inconclusive', '1 high, 2 not rated · wanted ≤ 2'],
    ['high < 1', facts({ high: 1, unknown: 2 }), 'fail', '1 high, 2 not rated · wanted < 1'],
    ['high == 2', facts({ high: 1, unknown: 2 }), 'inconclusive', '1 high, 2 not rated · wanted 2'],
    ['high != 2', facts({ high: 1, unknown: 2 }), 'inconclusive', '1 high, 2 not rated · wanted ≠ 2'],
    ['high == 4', facts({ high: 1, unknown: 2 }), 'fail', '1 high, 2 not rated · wanted 4'],
    ['high != 4', facts({ high: 1, unknown: 2 }), 'pass', '1 high, 2 not rated'],
    ['all == 0', facts({}), 'pass', '0 findings'],
    ['all <= 2', facts({ unknown: 1, low: 1, info: 1 }), 'fail', '3 findings · wanted ≤ 2'],
    ['info == 0, low == 0, medium == 0', facts({ low: 2 }), 'fail', '2 low · wanted 0'],
    ['suppressed == 0', facts({}, { suppressed: 2 }), 'fail', '2 suppressed · wanted 0'],
    ['all == 0', facts({}, { scanned: 0 }), 'inconclusive', 'nothing was scanned · wanted a scan'],
    ['all == 0', facts({ low: 1 }, { scanned: 0 }), 'fail', '1 finding · wanted 0 · 1 more'],
    ['all == 0', facts({}, { scanned: null }), 'pass', '0 findings'],
    ['all == 0', facts({}, { unscanned: 2 }), 'inconclusive', '2 not scanned · wanted a whole scan'],
    ['all == 0, unscanned <= 2', facts({}, { unscanned: 2 }), 'pass', '0 findings · 2 not scanned'],
    ['all == 0, unscanned <= 1', facts({}, { unscanned: 2 }), 'fail', '2 not scanned · wanted ≤ 1'],
    [
      'all == 0',
      facts({}, { disagreements: ['high: 1 stated, 0 listed'] }),
      'inconclusive',
      'high: 1 stated, 0 listed · wanted totals that agree with the findings',
    ],
  ])('%s: %j is %s', (condition, of, outcome, line) => {
    expect(judgeFacts(`expect ${condition}`, of)).toMatchObject({ outcome, line })
  })
})
