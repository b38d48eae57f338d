import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { toolKey } from '#lib/probes/reports/tool.ts'
import { isLive } from '#lib/shared/codes.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { type PushedAttempts, startPushed, type WaitingItem } from './pushed-items.ts'
import { type ReportRecord, reportSaid } from './pushed-report.ts'
import type { RuleRun } from './run-facts.ts'
import { isSameCommit } from './same-commit.ts'

export type TakeUpFacts = Facts & {
  teamId: string
  run: RuleRun
  /** What waits in the run's environment and is not the run's yet, the newest first. */
  kept: readonly ReportRecord[]
  /** Every item with a report probe. */
  items: WaitingItem[]
  evidenceBytes: number
  teamActive: number
}
export type TakeUpChange = PushedAttempts & {
  teamId: string
  runId: string
  at: Date
  reports: (ReportRecord & { runId: string })[]
}
export type TakenUp = { reports: number; keys: string[] }

/**
 * The newest of each meaning and name, and of findings of each tool, that was pushed for the run's commit, as many as a run has room
 * for. What has no room is not replaced by an older one, nor by what another tool found: those of one name come together or not.
 */
function wanted({ run, kept, evidenceBytes }: TakeUpFacts): ReportRecord[] {
  const ofRun = kept.filter(({ commit }) => isSameCommit(commit, run.release.commit))
  const byTool = Map.groupBy(ofRun, (one) => JSON.stringify([one.meaning, one.name, toolKey(one)]))
  const newest = [...byTool.values()].flatMap(([one]) => (one ? [one] : []))
  const byName = Map.groupBy(newest, ({ meaning, name }) => JSON.stringify([meaning, name]))
  let bytes = evidenceBytes
  return [...byName.values()].flatMap((together) => {
    const more = together.reduce((sum, one) => sum + one.bytes, 0)
    if (bytes + more > LIMITS.evidenceBytesPerRun) return []
    bytes += more
    return together
  })
}

/** A run that was opened, or whose commit was corrected, takes up what was pushed for its commit, with its own time and pusher. */
export function decideTakeUp(
  facts: TakeUpFacts,
  _input: unknown,
  context: DecideContext,
): Decision<TakeUpChange, TakenUp> {
  const { teamId, run, items, teamActive } = facts
  const reports = wanted(facts).map((one) => ({ ...one, id: context.newId(), runId: run.id }))
  const matching = items.filter(({ probe }) =>
    reports.some(
      ({ meaning, name }) => probe.kind === 'report' && probe.meaning === meaning && probe.name === name,
    ),
  )
  const { attempts, again, keys } = startPushed({ run, items: matching, teamActive }, context)
  const lines = reports.map(
    (one): AuditEntry => ({
      action: 'run.report_taken_up',
      data: { ...reportSaid(one), pushedAt: one.at.getTime(), tokenId: one.tokenId, by: one.byName },
    }),
  )
  const [first, ...more] = lines
  if (first === undefined || !isLive(run.state)) return { kind: 'unchanged', value: { reports: 0, keys: [] } }
  const started: AuditEntry[] = keys.length === 0 ? [] : [{ action: 'run.probes_started', data: { keys } }]
  return {
    kind: 'changed',
    change: { teamId, runId: run.id, at: context.now, reports, attempts, again },
    value: { reports: reports.length, keys },
    entries: [first, ...more, ...started],
  }
}
