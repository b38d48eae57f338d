/** Files in the shape of each tool, as small as they can be and with what matters in them. */
export const json = (value: unknown) => JSON.stringify(value, null, 2)

type SarifRun = {
  results?: object[] | null
  rules?: object[]
  extensions?: object[]
  invocations?: object[]
}

export function sarif(...runs: SarifRun[]): string {
  return json({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: runs.map(({ results = [], rules = [], extensions, invocations }) => ({
      tool: { driver: { name: 'CodeQL', semanticVersion: '2.20.1', rules }, extensions },
      invocations,
      results: results ?? undefined,
    })),
  })
}

export const sqlRule = {
  id: 'js/sql-injection',
  defaultConfiguration: { level: 'error' },
  properties: { 'security-severity': '8.8', tags: ['security'] },
}

export const sqlResult = {
  ruleId: 'js/sql-injection',
  ruleIndex: 0,
  message: { text: 'This query depends on a user-provided value.' },
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: 'src/db.js' }, region: { startLine: 12, startColumn: 3 } },
    },
  ],
}

export function npmAudit(
  packages: Record<string, object>,
  stated: Partial<Record<'info' | 'low' | 'moderate' | 'high' | 'critical', number>> = {},
  total = 705,
): string {
  const sum = Object.values(stated).reduce((all, one) => all + one, 0)
  const vulnerabilities = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, ...stated, total: sum }
  const dependencies = { prod: 111, dev: 552, optional: 135, peer: 24, peerOptional: 0, total }
  return json({
    auditReportVersion: 2,
    vulnerabilities: packages,
    metadata: { vulnerabilities, dependencies },
  })
}

export const lodash = {
  name: 'lodash',
  severity: 'high',
  isDirect: true,
  via: [
    {
      source: 1106913,
      name: 'lodash',
      dependency: 'lodash',
      title: 'Command Injection in lodash',
      url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
      severity: 'high',
      cwe: ['CWE-77'],
      cvss: { score: 7.2, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' },
      range: '<4.17.21',
    },
  ],
  effects: ['old-tool'],
  range: '<=4.17.20',
  nodes: ['node_modules/lodash'],
  fixAvailable: true,
}
/** Only vulnerable by what it depends on. */
export const oldTool = {
  name: 'old-tool',
  severity: 'moderate',
  isDirect: true,
  via: ['lodash'],
  effects: [],
  range: '*',
  nodes: ['node_modules/old-tool'],
  fixAvailable: { name: 'old-tool', version: '3.0.0', isSemVerMajor: true },
}

export function npmAuditSix(advisories: Record<string, object>, stated = 0, dependencies = 913): string {
  return json({
    actions: [],
    advisories,
    muted: [],
    metadata: {
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: stated, critical: 0 },
      dependencies,
      devDependencies: 4,
      optionalDependencies: 1,
      totalDependencies: dependencies,
    },
    runId: '0f9c1c1e',
  })
}

export const advisorySix = {
  findings: [{ version: '0.0.8', paths: ['mkdirp>minimist'], dev: false, optional: false, bundled: false }],
  id: 1179,
  module_name: 'minimist',
  severity: 'high',
  title: 'Prototype Pollution',
  patched_versions: '>=0.2.1 <1.0.0 || >=1.2.3',
  vulnerable_versions: '<0.2.1',
  url: 'https://npmjs.com/advisories/1179',
}

export function pipAudit(...dependencies: object[]): string {
  return json({ dependencies, fixes: [] })
}

export const flask = {
  name: 'flask',
  version: '0.5',
  vulns: [
    {
      id: 'PYSEC-2019-179',
      fix_versions: ['1.0'],
      aliases: ['CVE-2019-1010083', 'GHSA-5wv5-4vpf-pj6m'],
      description: 'The Pallets Project Flask before 1.0 is affected by unexpected memory usage.',
    },
  ],
}

export function osv(packages: object[]): string {
  const results =
    packages.length === 0 ? [] : [{ source: { path: '/src/go.mod', type: 'lockfile' }, packages }]
  return json({ results, experimental_config: { licenses: { summary: false, allowlist: null } } })
}

export function osvPackage(score: string, word?: string): object {
  const database = word === undefined ? {} : { database_specific: { severity: word } }
  return {
    package: { name: 'github.com/gogo/protobuf', version: '1.3.1', ecosystem: 'Go' },
    groups: [
      { ids: ['GHSA-c3h9-896r-86jm', 'GO-2021-0053'], aliases: ['CVE-2021-3121'], max_severity: score },
    ],
    vulnerabilities: [
      { id: 'GHSA-c3h9-896r-86jm', summary: 'Improper Input Validation in GoGo Protobuf', ...database },
      { id: 'GO-2021-0053', summary: 'Panic due to improper input validation' },
    ],
  }
}

export function trivy(...results: object[]): string {
  const metadata = { OS: { Family: 'alpine', Name: '3.21.3' } }
  return json({
    SchemaVersion: 2,
    Trivy: { Version: '0.69.0' },
    ArtifactName: 'app:1.2.3',
    ArtifactType: 'container_image',
    Metadata: metadata,
    ...(results.length === 0 ? {} : { Results: results }),
  })
}

export const trivyTarget = { Target: 'app:1.2.3 (alpine 3.21.3)', Class: 'os-pkgs', Type: 'alpine' }
export const openssl = {
  VulnerabilityID: 'CVE-2025-15467',
  PkgName: 'libssl3',
  InstalledVersion: '3.3.3-r0',
  FixedVersion: '3.3.6-r0',
  Status: 'fixed',
  Severity: 'CRITICAL',
  Title: 'openssl: stack buffer overflow',
}

export function grype(matches: object[], ignoredMatches?: object[]): string {
  return json({
    matches,
    ignoredMatches,
    source: { type: 'directory', target: '/src' },
    distro: { name: '', version: '', idLike: null },
    descriptor: { name: 'grype', version: '0.96.0' },
  })
}

export function grypeMatch(severity: string): object {
  return {
    vulnerability: {
      id: 'GHSA-p6mc-m468-83gw',
      severity,
      description: 'Prototype Pollution in lodash',
      fix: { versions: ['4.17.19'], state: 'fixed' },
    },
    relatedVulnerabilities: [],
    matchDetails: [],
    artifact: { name: 'lodash', version: '4.17.15', type: 'npm' },
  }
}
