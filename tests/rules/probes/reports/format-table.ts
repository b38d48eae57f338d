import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import {
  flask,
  grype,
  grypeMatch,
  json,
  lodash,
  npmAudit,
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

export const TESTS = 'expect failed == 0, tests >= 1'
export const LINES = 'expect lines >= 80%'
export const NONE = 'expect critical == 0, high == 0'
const PINNED = 'expect components >= 1, unpinned == 0'
const SUITE = (inside: string, attributes = '') => `<testsuite name="a" ${attributes}>${inside}</testsuite>`
const JACOCO = (covered: number, missed: number) =>
  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
   <report name="app"><sessioninfo id="ci-1" start="1" dump="2"/>
     <package name="org/example"><sourcefile name="A.java"></sourcefile></package>
     <counter type="INSTRUCTION" missed="9" covered="3"/><counter type="LINE" missed="${missed}" covered="${covered}"/>
   </report>`
const COBERTURA = (covered: number, valid: number) =>
  `<coverage line-rate="0.5" lines-covered="${covered}" lines-valid="${valid}" branches-covered="0" branches-valid="0"/>`
const CLOVER = (...counts: number[]) =>
  `<coverage generated="1" clover="4.5.2"><project timestamp="1"><file name="A.php">${counts
    .map((count, index) => `<line num="${index + 1}" type="stmt" count="${count}"/>`)
    .join('')}</file></project></coverage>`
const LCOV = (...counts: number[]) =>
  `TN:\nSF:a.c\n${counts.map((count, index) => `DA:${index + 1},${count}\n`).join('')}end_of_record\n`
const SUMMARY = (covered: number, total: number) => {
  const counter = { total, covered, skipped: 0, pct: 0 }
  return json({ total: { lines: counter, statements: counter, functions: counter, branches: counter } })
}
const COVERAGE_PY = (covered: number, all: number) =>
  json({ meta: { version: '7.6.1' }, files: {}, totals: { covered_lines: covered, num_statements: all } })
const BOM = (...components: object[]) =>
  json({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components })
const BOM_XML = (inside: string) =>
  `<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><components>${inside}</components></bom>`
const library = { type: 'library', name: 'zod', version: '4.4.3' }

type Row = {
  conditions: string
  pass: string
  fail: string
  inconclusive: string
  broken: [string, number, string]
}
const ENDS_EARLY = 'the file ends too early'

/** Of each format: a file that passes, one that fails, one that leaves it open, and one that cannot be read. */
export const TABLE: Record<ReportFormat, Row> = {
  junit: {
    conditions: TESTS,
    pass: SUITE('<testcase name="t" time="0.1"/>', 'tests="1" failures="0"'),
    fail: SUITE('<testcase name="t"><failure message="1 != 2"/></testcase>'),
    inconclusive: SUITE('<testcase name="t"><skipped/></testcase>'),
    broken: ['<testsuite>\n<testcase name="t">\n</testsuite>', 3, 'unexpected close tag'],
  },
  cobertura: {
    conditions: LINES,
    pass: COBERTURA(80, 100),
    fail: COBERTURA(79, 100),
    inconclusive: COBERTURA(0, 0),
    broken: [
      '<coverage line-rate="1"><class filename="a">\n<lines><line number="1"/></lines></class></coverage>',
      2,
      'a line does not say how often it ran',
    ],
  },
  jacoco: {
    conditions: LINES,
    pass: JACOCO(80, 20),
    fail: JACOCO(79, 21),
    inconclusive: JACOCO(0, 0),
    broken: ['<report>\n<counter type="LINE"/></report>', 2, 'a counter has no "missed" or no "covered"'],
  },
  clover: {
    conditions: LINES,
    pass: CLOVER(1, 1, 1, 1, 0),
    fail: CLOVER(1, 1, 1, 0),
    inconclusive: CLOVER(),
    broken: [
      '<coverage generated="1"><project><file>\n<line num="1"/></file></project></coverage>',
      2,
      'a line does not say how often it ran',
    ],
  },
  lcov: {
    conditions: LINES,
    pass: LCOV(1, 1, 1, 1, 0),
    fail: LCOV(1, 1, 1, 0),
    inconclusive: LCOV(),
    broken: ['TN:\nSF:a.c\nDA:1,1\n', 3, 'the file ends inside the record of a.c'],
  },
  'coverage-py': {
    conditions: LINES,
    pass: COVERAGE_PY(80, 100),
    fail: COVERAGE_PY(79, 100),
    inconclusive: COVERAGE_PY(0, 0),
    broken: [
      '{"meta": {},\n"files": {},\n"totals": {"covered_lines": 1.5}}',
      3,
      '"covered_lines" is not a whole number',
    ],
  },
  istanbul: {
    conditions: LINES,
    pass: SUMMARY(80, 100),
    fail: SUMMARY(79, 100),
    inconclusive: SUMMARY(0, 0),
    broken: [SUMMARY(80, 100).slice(0, -1), 28, ENDS_EARLY],
  },
  sarif: {
    conditions: NONE,
    pass: sarif({ rules: [sqlRule] }),
    fail: sarif({ rules: [sqlRule], results: [sqlResult] }),
    inconclusive: sarif({ results: null }),
    broken: ['{"version": "2.1.0",\n"runs": [{"results": {}}]}', 2, '"results" is not a list'],
  },
  'npm-audit': {
    conditions: NONE,
    pass: npmAudit({}),
    fail: npmAudit({ lodash }, { high: 1 }),
    inconclusive: npmAudit({}, { high: 1 }),
    broken: ['{"auditReportVersion": 2,\n"metadata": []}', 1, '"metadata" is not an object'],
  },
  'pip-audit': {
    conditions: 'expect all == 0',
    pass: pipAudit({ name: 'flask', version: '3.1.2', vulns: [] }),
    fail: pipAudit(flask),
    inconclusive: pipAudit({ name: 'app', skip_reason: 'Dependency not found on PyPI' }),
    broken: ['{"dependencies": [{"name": "a",\n"vulns": [1]}]}', 1, 'an entry of "vulns" is not an object'],
  },
  osv: {
    conditions: NONE,
    pass: osv([]),
    fail: osv([osvPackage('8.6')]),
    inconclusive: osv([osvPackage('')]),
    broken: [osv([]).slice(0, -2), 8, ENDS_EARLY],
  },
  trivy: {
    conditions: NONE,
    pass: trivy(trivyTarget),
    fail: trivy({ ...trivyTarget, Vulnerabilities: [openssl] }),
    inconclusive: trivy(),
    broken: ['{"SchemaVersion": 1,\n"ArtifactName": "a"}', 1, 'SchemaVersion 2 is read, this is 1'],
  },
  grype: {
    conditions: NONE,
    pass: grype([grypeMatch('Medium')]),
    fail: grype([grypeMatch('High')]),
    inconclusive: grype([grypeMatch('Unknown')]),
    broken: ['{"matches": [null],\n"descriptor": {}}', 1, 'an entry of "matches" is not an object'],
  },
  'cyclonedx-json': {
    conditions: PINNED,
    pass: BOM(library),
    fail: BOM(library, { type: 'library', name: 'left-pad' }),
    inconclusive: '',
    broken: ['{"bomFormat": "CycloneDX",\n"bomFormat": "x"}', 2, '"bomFormat" stands twice in one object'],
  },
  'cyclonedx-xml': {
    conditions: PINNED,
    pass: BOM_XML('<component type="library"><name>zod</name><version>4.4.3</version></component>'),
    fail: BOM_XML('<component type="library"><name>zod</name></component>'),
    inconclusive: '',
    broken: ['<bom>\n  &unknown;</bom>', 2, 'undefined entity'],
  },
}
