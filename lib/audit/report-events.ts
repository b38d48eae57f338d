import { z } from 'zod'

const report = z.object({
  reportId: z.uuid(),
  name: z.string().nullable(),
  format: z.string(),
  commit: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  factsHash: z.string(),
})

/** What pipelines pushed. */
export const reportEvents = {
  'run.report_pushed': report,
  /** Before a run of its commit was open, by whom and when is said here, as the line is of when the run took it up. */
  'run.report_taken_up': report.extend({ pushedAt: z.int(), tokenId: z.uuid(), by: z.string() }),
  /** No run of its commit is open: it waits. */
  'service.report_kept': report.extend({ service: z.string(), slug: z.string() }),
}
