import { type ReportFacts, SEVERITIES } from '#lib/probes/reports/facts.ts'
import { percentOf } from '#lib/probes/reports/percent.ts'
import { formatUtc } from '#lib/shared/time.ts'
import { counted } from '#lib/shared/words.ts'
import type { NewestReport } from './pushed-report.ts'
import { isSameCommit } from './same-commit.ts'

/** What a report found, for a line. */
function gist(facts: ReportFacts): string {
  switch (facts.meaning) {
    case 'tests':
      return `${facts.failed + facts.errored} of ${facts.tests} failed`
    case 'coverage': {
      const lines = facts.lines.stated ?? facts.lines.counted
      const percent = lines === null ? null : percentOf(lines)
      return percent === null ? 'no share of lines' : `${percent} of lines`
    }
    case 'findings': {
      const all = SEVERITIES.reduce((sum, severity) => sum + facts.counts[severity], 0)
      const { critical } = facts.counts
      return `${counted({ count: all, one: 'finding' })}${critical === 0 ? '' : `, ${critical} critical`}`
    }
    case 'components':
      return `${counted({ count: facts.components, one: 'component' })}, ${facts.unpinned} without a version`
  }
}

/**
 * Which report no longer counts because of a new one, and what it said: a re-run means that, and the second shard of one suite does
 * not. Null where there was none of the commit.
 */
export function replacedReport(newest: NewestReport | null, commit: string): string | null {
  if (newest === null || !isSameCommit(newest.commit, commit)) return null
  return `replaces the report of ${formatUtc(newest.at)}: ${gist(newest.facts)}`
}
