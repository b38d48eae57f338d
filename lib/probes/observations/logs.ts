import { z } from 'zod'
import { askedSchema, baseObservation, tlsFactsSchema } from './base.ts'
import { requestsSchema } from './rules.ts'

export const logsObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('logs'),
  /** Absent in older observations, and where nothing was asked. */
  asked: askedSchema.optional(),
  requests: requestsSchema,
  tls: tlsFactsSchema.nullable(),
  /** The questions as sent, with variables filled in. No line of a log is ever kept. */
  query: z.string().nullable(),
  flowQuery: z.string().nullable(),
  /** Lines that match, as a decimal text; null where no number came, which of Loki may mean none. */
  count: z.strictObject({ value: z.string().nullable() }).nullable(),
  flow: z.strictObject({ value: z.string().nullable() }).nullable(),
  /** Milliseconds since the newest line; null: none in the time that was looked at. */
  newest: z.strictObject({ ageMs: z.int().nullable() }).nullable(),
})
export type LogsObservation = z.infer<typeof logsObservationSchema>
