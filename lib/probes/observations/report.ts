import { z } from 'zod'
import { reportFactsSchema } from '../reports/facts.ts'
import { FORMAT_NAMES } from '../reports/formats.ts'
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
  report: pushedReportSchema.nullable(),
})
export type ReportObservation = z.infer<typeof reportObservationSchema>
