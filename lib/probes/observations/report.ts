import { z } from 'zod'
import { reportFactsSchema } from '../reports/facts.ts'
import { FORMAT_NAMES } from '../reports/formats.ts'
import { REPORT_LIMITS } from '../reports/limits.ts'
import { baseObservation } from './base.ts'

/** What was pushed, as far as a verdict needs it; null when nothing was pushed for the run's commit. */
export const pushedReportSchema = z.strictObject({
  format: z.enum(FORMAT_NAMES),
  /** Tells two reports of one meaning apart; null for the one without a name. */
  name: z.string().nullable(),
  /** That the report was pushed for, as the run says it. */
  commit: z.string(),
  /** SHA-256 of the file. */
  digest: z.string(),
  bytes: z.int(),
  /** ISO 8601 in UTC. */
  pushedAt: z.string(),
  /** The name of the token or the member. */
  pushedBy: z.string(),
  facts: reportFactsSchema,
})
export type PushedReport = z.infer<typeof pushedReportSchema>

export const reportObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('report'),
  /** The newest. */
  report: pushedReportSchema.nullable(),
  /** Of findings, the newest of each other tool under the same name; absent where there is none, and in older records. */
  others: z.array(pushedReportSchema).min(1).max(REPORT_LIMITS.tools).optional(),
})
export type ReportObservation = z.infer<typeof reportObservationSchema>

/** All that a verdict stands on, the newest first. */
export function reportsIn({ report, others = [] }: ReportObservation): PushedReport[] {
  return report === null ? [] : [report, ...others]
}
