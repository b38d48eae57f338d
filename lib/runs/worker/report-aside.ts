import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import { type ReadReport, readReport } from '#lib/probes/reports/read-report.ts'
import { askThread } from '#lib/server/threads.ts'

export type ReportQuestion = { bytes: Uint8Array; format: ReportFormat | null }

/** Smaller files are read at once: less work than sending them to a thread and back. */
const SHORT = 60_000
const PATIENCE_MS = 60_000

/** What a report says; a long one is read in a thread, so that nobody's tick waits for it. */
export async function readReportAside(question: ReportQuestion): Promise<ReadReport> {
  if (question.bytes.byteLength < SHORT)
    return readReport({ chunks: [question.bytes], format: question.format })
  return askThread<ReadReport>('lib/runs/worker/report-thread.ts', question, { timeoutMs: PATIENCE_MS })
}
