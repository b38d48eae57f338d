import { z } from 'zod'
import { baseObservation, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'

export const sseObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('sse'),
  request: requestSchema.nullable(),
  response: responseSchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  /** What came on the stream; null where the answer is none. */
  stream: z
    .strictObject({
      /** Milliseconds from the request to the first event; null when none came. */
      first: z.string().nullable(),
      /** Milliseconds from the request to the end of listening, and what ended it. */
      listened: z.string(),
      end: z.enum(['enough', 'time', 'limit', 'closed']),
      count: z.int(),
      /** The first few, redacted. */
      events: z.array(z.strictObject({ name: z.string(), data: z.string() })),
      finds: z.array(z.strictObject({ on: z.enum(['event', 'data']), text: z.string(), found: z.boolean() })),
    })
    .nullable(),
})
export type SseObservation = z.infer<typeof sseObservationSchema>
