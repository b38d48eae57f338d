import { z } from 'zod'
import { baseObservation, requestSchema } from './base.ts'

/** How many series of a result are kept; `total` says how many there were. */
export const SERIES_KEPT = 100

export const promqlObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('promql'),
  request: requestSchema.nullable(),
  /** The query as sent, with variables filled in. */
  query: z.string().nullable(),
  /** The one time at which everything was evaluated, ISO 8601. */
  evaluatedAt: z.string(),
  status: z.int().nullable(),
  result: z
    .strictObject({
      type: z.enum(['vector', 'scalar']),
      total: z.int(),
      series: z.array(z.strictObject({ labels: z.string(), value: z.string() })).max(SERIES_KEPT),
    })
    .nullable(),
  warnings: z.array(z.string()),
  infos: z.array(z.string()),
  /** What the companion query gave; `value` null: not one number. Null: none is configured, or it was not reached. */
  samples: z.strictObject({ value: z.string().nullable() }).nullable(),
  /** Seconds since the newest sample of the selector. */
  newest: z.strictObject({ age: z.string().nullable() }).nullable(),
})
export type PromqlObservation = z.infer<typeof promqlObservationSchema>
