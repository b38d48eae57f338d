import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { FORMATS } from '#lib/probes/reports/formats.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import type { Refusal } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { decideKeep, type KeptAnswer, type KeptReport, mayWait } from './decide-keep.ts'
import { type PushedAttempts, startPushed, type WaitingItem } from './pushed-items.ts'
import {
  type NewestReport,
  type PushReportInput,
  type ReportPlace,
  type ReportRecord,
  reportSaid,
} from './pushed-report.ts'
import { replacedReport } from './replaced-report.ts'
import type { RuleRun } from './run-facts.ts'
import { isSameCommit } from './same-commit.ts'

/** The run that is live in the place that was named, locked, with what the rule needs of it. */
export type LiveRunFacts = {
  run: RuleRun
  number: number
  /** Every item with a report probe. */
  items: WaitingItem[]
  /** The newest report of the same name and meaning. */
  newest: NewestReport | null
  /** Bytes of the run's evidence so far; a file that is there already costs nothing more. */
  evidenceBytes: number
  isKnownFile: boolean
  teamActive: number
}

export type PushReportFacts = Facts & {
  teamId: string
  place: ReportPlace & { environmentId: string }
  token: { id: string; name: string; runId: string | null }
  live: LiveRunFacts | null
  /** Of those that wait for a run of the commit that was named. */
  newestKept: NewestReport | null
}

export type PushReportChange =
  | { kept: KeptReport }
  | { report: ReportRecord & { runId: string }; started: PushedAttempts }

/** `replaces`: what no longer counts because of it. `items`: keys of those that are looked at because of it; `waiting`: names that the run waits for under the same meaning. */
export type PushedReportAnswer = {
  kept: false
  reportId: string
  run: number
  created: boolean
  replaces: string | null
  items: string[]
  left: number
  waiting: (string | null)[]
}

/** Of a place where no run is open. */
export function noLiveRun({ service, environment }: ReportPlace): Refusal {
  return {
    code: 'no_live_run',
    message: `No run is open for ${service} in ${environment}, so there is nothing to report to. Open one for this commit, then push again.`,
  }
}

/** Why the live run of the place is not the one to push to; null when it is. */
export function pushObstacle({
  place: { service, environment },
  live: { runId, number, commit },
  token,
  asked,
}: {
  place: ReportPlace
  live: { runId: string; number: number; commit: string }
  token: { runId: string | null }
  asked: { run: number | null; commit: string }
}): Refusal | null {
  if (token.runId !== null && token.runId !== runId)
    return {
      code: 'other_run',
      message: `This token works for one run alone, which is over; ${service} #${number} is another. Make a token for it.`,
    }
  if (asked.run !== null && asked.run !== number)
    return {
      code: 'other_run',
      message: `The run that is open for ${service} in ${environment} is #${number}, not #${asked.run}.`,
    }
  if (isSameCommit(commit, asked.commit)) return null
  return {
    code: 'other_commit',
    message: `This is of commit ${asked.commit}, and ${service} #${number} is of commit ${commit}. Push what was made of the run’s commit, or correct the release of the run.`,
    detail: { commit: asked.commit, runCommit: commit, run: number },
  }
}

/** A pipeline's report: for the run that is open of its commit, or kept until one is. */
export function decidePushReport(
  facts: PushReportFacts,
  input: PushReportInput,
  context: DecideContext,
): Decision<PushReportChange, PushedReportAnswer | KeptAnswer> {
  const { place, token, live } = facts
  const known = live && { runId: live.run.id, number: live.number, commit: live.run.release.commit }
  const refusal =
    known === null ? noLiveRun(place) : pushObstacle({ place, live: known, token, asked: input })
  if (live !== null && refusal === null) return decideTake({ ...facts, live }, input, context)
  if (refusal !== null && !mayWait({ token, asked: input })) return { kind: 'refused', refusal }
  return decideKeep({ ...facts, live: known, newest: facts.newestKept }, input, context)
}

/**
 * A report about the commit of the live run: every item that waits for it is looked at anew. The same file again, when it is the
 * newest of its name, changes nothing.
 */
function decideTake(
  { teamId, token, live }: PushReportFacts & { live: LiveRunFacts },
  input: PushReportInput,
  context: DecideContext,
): Decision<PushReportChange, PushedReportAnswer> {
  const { format, name, commit, file, facts } = input
  const { meaning } = FORMATS[format]
  const reports = live.items.filter(({ probe }) => probe.kind === 'report' && probe.meaning === meaning)
  const waiting = [...new Set(reports.map(({ probe }) => (probe.kind === 'report' ? probe.name : null)))]
  const answer = { kept: false as const, run: live.number, replaces: null, items: [], left: 0, waiting }
  const { newest } = live
  if (newest?.sha256 === file.sha256 && isSameCommit(newest.commit, commit))
    return { kind: 'unchanged', value: { ...answer, reportId: newest.reportId, created: false } }
  const bytes = live.evidenceBytes + (live.isKnownFile ? 0 : file.bytes)
  if (bytes > LIMITS.evidenceBytesPerRun)
    return refused(
      'too_large',
      `With this file the run’s evidence would be more than ${sizeWords(LIMITS.evidenceBytesPerRun)}, which is the limit of a run.`,
    )
  const matching = reports.filter(({ probe }) => probe.kind === 'report' && probe.name === name)
  const { attempts, again, keys, left } = startPushed({ ...live, items: matching }, context)
  const { newId, now } = context
  const by = { tokenId: token.id, byName: token.name, at: now }
  const report = {
    id: newId(),
    teamId,
    runId: live.run.id,
    name,
    format,
    meaning,
    commit,
    ...file,
    facts,
    ...by,
  }
  const pushed: AuditEntry = { action: 'run.report_pushed', data: reportSaid(report) }
  const started: AuditEntry = { action: 'run.probes_started', data: { keys } }
  return {
    kind: 'changed',
    change: { report, started: { attempts, again } },
    value: {
      ...answer,
      reportId: report.id,
      created: true,
      replaces: replacedReport(newest, commit),
      items: keys,
      left,
    },
    entries: keys.length > 0 ? [pushed, started] : [pushed],
  }
}
