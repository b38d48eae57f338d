import { z } from 'zod'
import { baseObservation, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'

export const metricsObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('metrics'),
  request: requestSchema.nullable(),
  response: responseSchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  body: z
    .strictObject({
      wireBytes: z.int(),
      bytes: z.int(),
      encoding: z.string().nullable(),
      cut: z.enum(['limit', 'ratio', 'undecodable']).nullable(),
      sha256: z.string().nullable(),
    })
    .nullable(),
  /** Null when there was no whole body to read. */
  page: z
    .strictObject({
      format: z.enum(['text', 'openmetrics']),
      wrong: z.strictObject({ line: z.int(), why: z.string() }).nullable(),
      families: z.int(),
      series: z.int(),
      duplicates: z.strictObject({ count: z.int(), first: z.string().nullable() }),
      /** For each family that a condition asks about: how many samples it has. */
      asked: z.array(z.strictObject({ family: z.string(), samples: z.int() })),
      /** Milliseconds from the oldest sample that carries a time; null when none does. */
      oldestAgeMs: z.int().nullable(),
    })
    .nullable(),
})
export type MetricsObservation = z.infer<typeof metricsObservationSchema>
