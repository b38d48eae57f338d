import { sizeWords } from '#lib/shared/size-words.ts'
import { type PushedReport, type ReportObservation, reportsIn } from './observations/report.ts'
import {
  type ComponentsFacts,
  type Counter,
  type CoverageFacts,
  type FindingsFacts,
  type Measure,
  type ReportFacts,
  SEVERITIES,
  type SeverityCounts,
  type TestsFacts,
} from './reports/facts.ts'
import { FORMATS } from './reports/formats.ts'
import { percentOf } from './reports/percent.ts'
import { toolTitle } from './reports/tool.ts'
import { readable, type Shown, type ShownBlock, type ShownFact } from './shown-fact.ts'
import { spanWords } from './span-words.ts'

export function ofReport(seen: ReportObservation): Shown {
  const [first, ...others] = reportsIn(seen)
  if (first === undefined) {
    // Who did not come to look cannot say that there was none.
    const none = seen.error === null ? [{ term: 'Report', text: 'none was pushed for this commit' }] : []
    return { facts: none, blocks: [] }
  }
  if (others.length === 0) return ofOne(first, seen.at)
  const parts = [first, ...others].map((report) => {
    const title = toolTitle(report)
    const { facts, blocks } = ofOne(report, seen.at)
    return { title, facts, blocks: blocks.map((one) => ({ ...one, label: `${one.label} of ${title}` })) }
  })
  return { facts: [{ term: 'Reports', text: `of ${parts.length} tools` }], blocks: [], parts }
}

function ofOne(report: PushedReport, at: string): Shown {
  const { facts, blocks } = ofFacts(report.facts)
  return { facts: [...ofFile(report, at), ...facts], blocks }
}

function ofFile(
  { format, name, commit, digest, bytes, pushedAt, pushedBy }: PushedReport,
  at: string,
): ShownFact[] {
  const age = Date.parse(at) - Date.parse(pushedAt)
  // A look follows a push at once; what waited for its run, or is looked at again, is older.
  const before = age < 60_000 ? '' : `, ${spanWords(age)} before this look`
  const called = name === null ? '' : `, "${name}"`
  return [
    { term: 'Report', text: `${FORMATS[format].title}${called}, ${sizeWords(bytes)}` },
    { term: 'Commit', text: commit },
    { term: 'Pushed', text: `${readable(pushedAt)} by ${pushedBy}${before}` },
    { term: 'File', text: digest, is: 'digest' },
  ]
}

function ofFacts(facts: ReportFacts): Shown {
  switch (facts.meaning) {
    case 'tests':
      return ofTests(facts)
    case 'coverage':
      return { facts: ofCoverage(facts), blocks: [] }
    case 'findings':
      return ofFindings(facts)
    case 'components':
      return ofComponents(facts)
  }
}

const disagreement = (text: string): ShownFact => ({ term: 'At odds', text })

/** A list that is closed at first; none where there is nothing in it. */
function block({ summary, lines, of }: { summary: string; lines: string[]; of: number }): ShownBlock[] {
  if (lines.length === 0) return []
  return [{ summary: `${summary} (${lines.length} of ${of})`, label: summary, code: lines.join('\n') }]
}

function ofTests(facts: TestsFacts): Shown {
  const { tests, passed, failed, errored, skipped, suites, time, failures } = facts
  const lines = failures.map(
    ({ name, is, message }) => `${is}: ${name}${message === null ? '' : `\n  ${message}`}`,
  )
  return {
    facts: [
      {
        term: 'Tests',
        text: `${tests}: ${passed} passed, ${failed} failed, ${errored} errored, ${skipped} skipped`,
      },
      { term: 'Suites', text: String(suites) },
      ...(time === null ? [] : [{ term: 'Time of the cases', text: `${time} ms` }]),
      ...facts.disagreements.map(disagreement),
    ],
    blocks: block({ summary: 'Did not pass', lines, of: failed + errored }),
  }
}

function ofCoverage(facts: CoverageFacts): ShownFact[] {
  const measures = [
    { term: 'Lines', measure: facts.lines },
    { term: 'Branches', measure: facts.branches },
    { term: 'Functions', measure: facts.functions },
    { term: 'Statements', measure: facts.statements },
  ]
  return [
    ...measures.map(({ term, measure }) => ({ term, text: measureText(measure) })),
    { term: 'Source files', text: String(facts.files) },
  ]
}

function measureText({ stated, counted }: Measure): string {
  const said = stated === null ? null : counterText(stated)
  const found = counted === null ? null : counterText(counted)
  if (said !== null && found !== null && said !== found) return `${said} as stated, ${found} as counted`
  return said ?? found ?? 'not in the report'
}

function counterText(counter: Counter): string {
  const percent = percentOf(counter)
  return `${percent === null ? '' : `${percent}, `}${counter.covered} of ${counter.total}`
}

function countsText(counts: SeverityCounts): string {
  return SEVERITIES.map(
    (severity) => `${counts[severity]} ${severity === 'unknown' ? 'not rated' : severity}`,
  ).join(', ')
}

function ofFindings(facts: FindingsFacts): Shown {
  const { tool, counts, scanned, unscanned, suppressed, first } = facts
  const lines = first.map((found) => {
    const what = [found.package, found.version].filter((part) => part !== null).join(' ')
    const parts = [
      what,
      found.where,
      found.fixedIn === null ? null : `fixed in ${found.fixedIn}`,
      found.title,
    ]
    return [`${found.severity}: ${found.id}`, ...parts.filter((part) => part !== null && part !== '')].join(
      ' · ',
    )
  })
  const all = SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0)
  return {
    facts: [
      ...(tool === null ? [] : [{ term: 'Tool', text: tool }]),
      { term: 'Findings', text: countsText(counts) },
      ...(facts.unrated === undefined ? [] : [{ term: 'Severities', text: facts.unrated }]),
      { term: 'Looked at', text: scanned === null ? 'the file does not say how much' : String(scanned) },
      ...(unscanned === 0 ? [] : [{ term: 'Not looked at', text: String(unscanned) }]),
      ...(suppressed === 0 ? [] : [{ term: 'Suppressed', text: String(suppressed) }]),
      ...facts.disagreements.map(disagreement),
    ],
    blocks: block({ summary: 'Worst findings', lines, of: all }),
  }
}

function ofComponents(facts: ComponentsFacts): Shown {
  const { components, unpinned, firstUnpinned, vulnerabilities, setAside, specVersion } = facts
  return {
    facts: [
      { term: 'Components', text: `${components}, of which ${unpinned} without a version` },
      { term: 'CycloneDX', text: specVersion },
      {
        term: 'Vulnerabilities',
        text: vulnerabilities === null ? 'no list of them' : countsText(vulnerabilities),
      },
      ...(setAside === 0 ? [] : [{ term: 'Set aside', text: `${setAside} by the file's own analysis` }]),
    ],
    blocks: block({ summary: 'Without a version', lines: firstUnpinned, of: unpinned }),
  }
}
