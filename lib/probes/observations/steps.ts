import { z } from 'zod'
import { CAPTURE_SOURCES } from '../step.ts'
import { baseObservation, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'
import { bodySchema } from './http.ts'

const stepSeenSchema = z.strictObject({
  request: requestSchema,
  /** What was sent, redacted; null for no body. */
  sentBody: z.string().nullable(),
  response: responseSchema.nullable(),
  body: bodySchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  /** From the request to the end of its answer, without the wait before; milliseconds. */
  ms: z.string().nullable(),
  /** What became of each Set-Cookie; values are not kept. */
  cookies: z.array(z.strictObject({ name: z.string(), kept: z.boolean(), why: z.string().nullable() })),
  captures: z.array(
    z.strictObject({
      name: z.string(),
      from: z.enum(CAPTURE_SOURCES),
      at: z.string(),
      /** Null: where the value should be, nothing can be known (not JSON, cut, another type). */
      found: z.boolean().nullable(),
      why: z.string().nullable(),
      /** Of a value that is a JSON Web Token. */
      jwt: z
        .strictObject({ alg: z.string().nullable(), iat: z.string().nullable(), exp: z.string().nullable() })
        .nullable(),
    }),
  ),
})
export type StepSeen = z.infer<typeof stepSeenSchema>

export const stepsObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('steps'),
  /** The steps that were taken, in order; a step that fails is the last one. */
  steps: z.array(stepSeenSchema),
})
export type StepsObservation = z.infer<typeof stepsObservationSchema>
