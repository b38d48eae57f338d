import type { AnyCheck } from '../checks.ts'
import { implied, type JudgedCondition, type ProbeJudge } from '../judged.ts'
import { type ReportProbe, USUAL_SHELF } from '../kinds/report.ts'
import { type ReportObservation, reportsIn } from '../observations/report.ts'
import type { ReportFacts } from '../reports/facts.ts'
import { REPORT_LIMITS } from '../reports/limits.ts'
import { toolTitle } from '../reports/tool.ts'
import { spanWords } from '../span-words.ts'
import { judgeComponents } from './report/components.ts'
import { judgeCoverage } from './report/coverage.ts'
import { judgeFindings } from './report/findings.ts'
import { judgeTests } from './report/tests.ts'

export const reportJudge: ProbeJudge<ReportProbe, ReportObservation> = {
  asksTarget: true,
  conditions({ meaning, name, conditions, shelfSeconds }, seen) {
    const wanted = name === null ? `report of ${meaning}` : `report of ${meaning} named "${name}"`
    const reports = reportsIn(seen)
    if (reports.length === 0) return [missing('none was pushed for this commit', `a ${wanted}`)]
    // A report that was found for another probe would prove something else.
    const stranger = reports.find((report) => report.facts.meaning !== meaning || report.name !== name)
    if (stranger) return [missing(`a report of ${stranger.facts.meaning}`, `a ${wanted}`)]
    const shelfMs = (shelfSeconds ?? USUAL_SHELF[meaning]) * 1000
    const { at } = seen
    // Each tool has to prove it all: what one did not find, another may have.
    const judged = reports.flatMap(({ format, pushedAt, facts }) => {
      const own = [...outdated({ at, pushedAt, shelfMs }), ...judgeFacts(facts, conditions)]
      if (reports.length === 1) return own
      const by = toolTitle({ format, facts })
      return own.map((one) => ({ ...one, text: `${by}: ${one.text}`, observed: `${one.observed} (${by})` }))
    })
    return [...judged, ...tooMany(reports.length)]
  },
}

/** The look keeps one more than are judged together, so that it shows that there were more. */
function tooMany(tools: number): JudgedCondition[] {
  const most = REPORT_LIMITS.tools
  if (tools <= most) return []
  const wanted = `${most} at most, the others under names of their own`
  return [implied({ text: 'tools', observed: `more than ${most} tools`, wanted, value: null })]
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
