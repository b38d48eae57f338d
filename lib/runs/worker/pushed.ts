import type { ConfigOf, ProbeConfig, PulledConfig } from '#lib/probes/config.ts'
import type { Observation } from '#lib/probes/observation.ts'
import type { Heartbeat } from '#lib/probes/observations/heartbeat.ts'
import type { PushedReport } from '#lib/probes/observations/report.ts'
import { observedHeartbeat, observedReport } from '#lib/probes/pushed.ts'
import { reportFactsSchema } from '#lib/probes/reports/facts.ts'
import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import { REPORT_LIMITS } from '#lib/probes/reports/limits.ts'
import { db } from '#lib/server/db.ts'
import { TOOL_OF_TAKEN } from '../commands/report-tool.ts'

type ReportRow = {
  format: ReportFormat
  name: string | null
  commit: string
  sha256: string
  bytes: number
  facts: unknown
  at: Date
  by_name: string
}

type BeatRow = {
  name: string
  received_at: Date
  started_at: Date | null
  finished_at: Date | null
  size_bytes: bigint | null
  status: Heartbeat['status']
  message: string | null
  by_name: string
}

/**
 * The newest report that was pushed for the commit that the run has now, and of findings the newest of each tool, the newest first
 * and one more than are judged together: one for another commit no longer counts. Commits are the same as `isSameCommit` has it.
 */
async function newestReports({
  runId,
  config,
}: {
  runId: string
  config: ConfigOf<'report'>
}): Promise<PushedReport[]> {
  const rows = await db().$queryRaw<ReportRow[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (${TOOL_OF_TAKEN}) p.id, p.format, p.name, p.commit, p.sha256, p.bytes, p.facts, p.at, p.by_name
      FROM run_report p JOIN run r ON r.id = p.run_id
      WHERE p.run_id = ${runId}::uuid AND p.meaning = ${config.meaning} AND p.name IS NOT DISTINCT FROM ${config.name}::text
        AND least(length(p.commit), length(r.commit)) >= 7
        AND left(lower(p.commit), length(r.commit)) = left(lower(r.commit), length(p.commit))
      ORDER BY ${TOOL_OF_TAKEN}, p.at DESC, p.id DESC) newest
    ORDER BY at DESC, id DESC LIMIT ${REPORT_LIMITS.tools + 1}::int`
  return rows.map((row) => ({
    format: row.format,
    name: row.name,
    commit: row.commit,
    digest: row.sha256,
    bytes: row.bytes,
    pushedAt: row.at.toISOString(),
    pushedBy: row.by_name,
    facts: reportFactsSchema.parse(row.facts),
  }))
}

/** The last heartbeat of that name in the environment of the run, whichever run was open when it came. */
async function lastBeat({
  runId,
  config,
}: {
  runId: string
  config: ConfigOf<'heartbeat'>
}): Promise<Heartbeat | null> {
  const rows = await db().$queryRaw<BeatRow[]>`
    SELECT h.name, h.received_at, h.started_at, h.finished_at, h.size_bytes, h.status, h.message, h.by_name
    FROM heartbeat h JOIN run r ON r.environment_id = h.environment_id
    WHERE r.id = ${runId}::uuid AND h.name = ${config.name}
    ORDER BY h.received_at DESC, h.id DESC LIMIT 1`
  const row = rows[0]
  if (row === undefined) return null
  return {
    name: row.name,
    receivedAt: row.received_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    status: row.status,
    message: row.message,
    pushedBy: row.by_name,
  }
}

/** A look at what was pushed: nothing is asked of anybody, so nothing can be in the way. */
export async function observePushed({
  runId,
  config,
}: {
  runId: string
  config: Exclude<ProbeConfig, PulledConfig>
}): Promise<Observation> {
  if (config.kind === 'report') {
    const [report = null, ...others] = await newestReports({ runId, config })
    return observedReport({ config, at: new Date().toISOString(), report, others })
  }
  const beat = await lastBeat({ runId, config })
  return observedHeartbeat({ config, at: new Date().toISOString(), beat })
}
