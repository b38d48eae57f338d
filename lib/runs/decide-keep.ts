import type { DecideContext, Decision } from '#lib/door/command.ts'
import { FORMATS } from '#lib/probes/reports/formats.ts'
import {
  type NewestReport,
  type PushReportInput,
  type ReportPlace,
  type ReportRecord,
  reportSaid,
} from './pushed-report.ts'
import { replacedReport } from './replaced-report.ts'
import { isSameCommit } from './same-commit.ts'

/** What waits for a run of its commit: for how long, and how much of it in one environment before the oldest makes way. */
export const KEPT = { days: 7, reports: 1_000, bytes: 500_000_000 } as const

export type KeepFacts = {
  teamId: string
  place: ReportPlace & { environmentId: string }
  token: { id: string; name: string }
  /** The run that is open there, which is of another commit. */
  live: { number: number; commit: string } | null
  /** The newest of its commit, name and meaning that waits. */
  newest: NewestReport | null
}
export type KeptReport = ReportRecord & { environmentId: string }

/** `run`: the one that is open there, which has no part in it. `replaces`: what waits no longer because of it. */
export type KeptAnswer = {
  kept: true
  created: boolean
  reportId: string
  replaces: string | null
  commit: string
  until: string
  run: number | null
  runCommit: string | null
  message: string
}

/** A token of a service may push before a run of the commit is open; who names a run, or whose token does, means that run. */
export function mayWait({
  token,
  asked,
}: {
  token: { runId: string | null }
  asked: { run: number | null }
}) {
  return token.runId === null && asked.run === null
}

/** What was kept, for how long, and why no run has it now. */
function words({
  place,
  live,
  commit,
  days,
}: Pick<KeepFacts, 'place' | 'live'> & { commit: string; days: number }) {
  const why =
    live === null
      ? `no run of it is open for ${place.service} in ${place.environment}`
      : `${place.service} #${live.number}, which is open in ${place.environment}, is of commit ${live.commit} and takes no report of another`
  const span = days === 1 ? 'one day' : `${days} days`
  return `This is of commit ${commit}, and ${why}. It is kept for ${span} and counts as soon as a run of ${commit} is open.`
}

const DAY_MS = 86_400_000

/** Keeps a report for a run that may be opened of its commit. The same file again changes nothing, nor how long it is kept. */
export function decideKeep(
  { teamId, place, token, live, newest }: KeepFacts,
  { format, name, commit, file, facts }: PushReportInput,
  { now, newId }: DecideContext,
): Decision<{ kept: KeptReport }, KeptAnswer> {
  const answer = ({
    at,
    reportId,
    created,
    replaces = null,
  }: {
    at: Date
    reportId: string
    created: boolean
    replaces?: string | null
  }): KeptAnswer => {
    const until = at.getTime() + KEPT.days * DAY_MS
    const days = Math.ceil((until - now.getTime()) / DAY_MS)
    return {
      kept: true,
      created,
      reportId,
      replaces,
      commit,
      until: new Date(until).toISOString(),
      run: live?.number ?? null,
      runCommit: live?.commit ?? null,
      message: words({ place, live, commit, days }),
    }
  }
  if (newest?.sha256 === file.sha256 && isSameCommit(newest.commit, commit))
    return { kind: 'unchanged', value: answer({ at: newest.at, reportId: newest.reportId, created: false }) }
  const { environmentId, service, environment } = place
  const { meaning } = FORMATS[format]
  const by = { tokenId: token.id, byName: token.name, at: now }
  const kept = { id: newId(), teamId, environmentId, name, format, meaning, commit, ...file, facts, ...by }
  return {
    kind: 'changed',
    change: { kept },
    value: answer({ at: now, reportId: kept.id, created: true, replaces: replacedReport(newest, commit) }),
    entries: [{ action: 'service.report_kept', data: { service, slug: environment, ...reportSaid(kept) } }],
  }
}
