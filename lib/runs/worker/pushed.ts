import type { ConfigOf, ProbeConfig, PulledConfig } from '#lib/probes/config.ts'
import type { Observation } from '#lib/probes/observation.ts'
import type { Heartbeat } from '#lib/probes/observations/heartbeat.ts'
import type { PushedReport } from '#lib/probes/observations/report.ts'
import { observedHeartbeat, observedReport } from '#lib/probes/pushed.ts'
import { reportFactsSchema } from '#lib/probes/reports/facts.ts'
import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import { db } from '#lib/server/db.ts'
import { isSameCommit } from '../same-commit.ts'

type ReportRow = {
  format: ReportFormat
  name: string | null
  commit: string
  sha256: string
  bytes: number
  facts: unknown
  at: Date
  by_name: string
  run_commit: string
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

/** The newest report that was pushed for the commit that the run has now: one for another commit no longer counts. */
async function newestReport({
  runId,
  config,
}: {
  runId: string
  config: ConfigOf<'report'>
}): Promise<PushedReport | null> {
  const rows = await db().$queryRaw<ReportRow[]>`
    SELECT p.format, p.name, p.commit, p.sha256, p.bytes, p.facts, p.at, p.by_name, r.commit AS run_commit
    FROM run_report p JOIN run r ON r.id = p.run_id
    WHERE p.run_id = ${runId}::uuid AND p.meaning = ${config.meaning} AND p.name IS NOT DISTINCT FROM ${config.name}::text
    ORDER BY p.at DESC, p.id DESC LIMIT 50`
  const newest = rows.find(({ commit, run_commit }) => isSameCommit(commit, run_commit))
  if (newest === undefined) return null
  return {
    format: newest.format,
    name: newest.name,
    commit: newest.commit,
    digest: newest.sha256,
    bytes: newest.bytes,
    pushedAt: newest.at.toISOString(),
    pushedBy: newest.by_name,
    facts: reportFactsSchema.parse(newest.facts),
  }
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
    const report = await newestReport({ runId, config })
    return observedReport({ config, at: new Date().toISOString(), report })
  }
  const beat = await lastBeat({ runId, config })
  return observedHeartbeat({ config, at: new Date().toISOString(), beat })
}
