import type { AnyCheck } from '../checks.ts'
import { implied, type JudgedCondition, type ProbeJudge } from '../judged.ts'
import { type ReportProbe, USUAL_SHELF } from '../kinds/report.ts'
import type { ReportObservation } from '../observations/report.ts'
import type { ReportFacts } from '../reports/facts.ts'
import { spanWords } from '../span-words.ts'
import { judgeComponents } from './report/components.ts'
import { judgeCoverage } from './report/coverage.ts'
import { judgeFindings } from './report/findings.ts'
import { judgeTests } from './report/tests.ts'

export const reportJudge: ProbeJudge<ReportProbe, ReportObservation> = {
  asksTarget: true,
  conditions({ meaning, name, conditions, shelfSeconds }, { at, report }) {
    const wanted = name === null ? `report of ${meaning}` : `report of ${meaning} named "${name}"`
    if (report === null) return [missing('none was pushed for this commit', `a ${wanted}`)]
    // A report that was found for another probe would prove something else.
    if (report.facts.meaning !== meaning || report.name !== name)
      return [missing(`a report of ${report.facts.meaning}`, `a ${wanted}`)]
    const shelfMs = (shelfSeconds ?? USUAL_SHELF[meaning]) * 1000
    return [...outdated({ at, pushedAt: report.pushedAt, shelfMs }), ...judgeFacts(report.facts, conditions)]
  },
}

/** Looking again makes no report newer: evidence counts from when it was pushed. */
function outdated({
  at,
  pushedAt,
  shelfMs,
}: {
  at: string
  pushedAt: string
  shelfMs: number
}): JudgedCondition[] {
  const age = Date.parse(at) - Date.parse(pushedAt)
  if (age <= shelfMs) return []
  const observed = Number.isFinite(age) ? `pushed ${spanWords(age)} ago` : 'pushed at no known time'
  return [implied({ text: 'pushed lately', observed, wanted: `within ${spanWords(shelfMs)}`, value: null })]
}

function missing(observed: string, wanted: string): JudgedCondition {
  return implied({ text: 'pushed', observed, wanted, value: null })
}

function judgeFacts(facts: ReportFacts, checks: readonly AnyCheck[]): JudgedCondition[] {
  switch (facts.meaning) {
    case 'tests':
      return judgeTests(facts, checks)
    case 'coverage':
      return judgeCoverage(facts, checks)
    case 'findings':
      return judgeFindings(facts, checks)
    case 'components':
      return judgeComponents(facts, checks)
  }
}
