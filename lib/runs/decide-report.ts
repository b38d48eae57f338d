import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { ReportFacts } from '#lib/probes/reports/facts.ts'
import { FORMATS, type ReportFormat } from '#lib/probes/reports/formats.ts'
import { canonical } from '#lib/shared/canonical.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import type { Json, Refusal } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { type PushedAttempts, startPushed, type WaitingItem } from './pushed-items.ts'
import type { RuleRun } from './run-facts.ts'
import { isSameCommit } from './same-commit.ts'

export type ReportPlace = { service: string; environment: string }

/** The run that is live in the place that was named, locked, with what the rule needs of it. */
export type LiveRunFacts = {
  run: RuleRun
  number: number
  /** Every item with a report probe. */
  items: WaitingItem[]
  /** The newest report of the same name and meaning. */
  newest: { reportId: string; sha256: string; commit: string } | null
  /** Bytes of the run's evidence so far; a file that is there already costs nothing more. */
  evidenceBytes: number
  isKnownFile: boolean
  teamActive: number
}

export type PushReportFacts = Facts & {
  teamId: string
  place: ReportPlace
  token: { id: string; name: string; runId: string | null }
  live: LiveRunFacts | null
}

export type PushReportInput = ReportPlace & {
  run: number | null
  commit: string
  name: string | null
  format: ReportFormat
  facts: ReportFacts
  file: { fileId: string; sha256: string; bytes: number }
}

export type NewReport = {
  id: string
  teamId: string
  runId: string
  name: string | null
  format: ReportFormat
  meaning: string
  commit: string
  fileId: string
  sha256: string
  bytes: number
  facts: ReportFacts
  tokenId: string
  byName: string
  at: Date
}
export type PushReportChange = PushedAttempts & { report: NewReport }

/** `items`: keys of those that are looked at because of it; `waiting`: names that the run waits for under the same meaning. */
export type PushedReportAnswer = {
  reportId: string
  run: number
  created: boolean
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

/**
 * A pipeline's report about the commit of the live run: kept, and every item that waits for it is looked at anew. The same file
 * again, when it is the newest of its name, changes nothing.
 */
export function decidePushReport(
  { teamId, place, token, live }: PushReportFacts,
  input: PushReportInput,
  context: DecideContext,
): Decision<PushReportChange, PushedReportAnswer> {
  const { format, name, commit, file, facts } = input
  if (live === null) return { kind: 'refused', refusal: noLiveRun(place) }
  const known = { runId: live.run.id, number: live.number, commit: live.run.release.commit }
  const refusal = pushObstacle({ place, live: known, token, asked: input })
  if (refusal !== null) return { kind: 'refused', refusal }
  const { meaning } = FORMATS[format]
  const reports = live.items.filter(({ probe }) => probe.kind === 'report' && probe.meaning === meaning)
  const waiting = [...new Set(reports.map(({ probe }) => (probe.kind === 'report' ? probe.name : null)))]
  const answer = { run: live.number, items: [], left: 0, waiting }
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
  const report: NewReport = {
    id: newId(),
    teamId,
    runId: live.run.id,
    name,
    format,
    meaning,
    commit,
    ...file,
    facts,
    tokenId: token.id,
    byName: token.name,
    at: now,
  }
  const pushed: AuditEntry = {
    action: 'run.report_pushed',
    data: {
      reportId: report.id,
      name,
      format,
      commit,
      sha256: file.sha256,
      bytes: file.bytes,
      factsHash: sha256Hex(canonical(facts as unknown as Json)),
    },
  }
  const started: AuditEntry = { action: 'run.probes_started', data: { keys } }
  return {
    kind: 'changed',
    change: { report, attempts, again },
    value: { ...answer, reportId: report.id, created: true, items: keys, left },
    entries: keys.length > 0 ? [pushed, started] : [pushed],
  }
}
