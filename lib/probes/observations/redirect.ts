import { z } from 'zod'
import { baseObservation, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'

export const redirectObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('redirect'),
  request: requestSchema.nullable(),
  /** The first answer. */
  response: responseSchema.nullable(),
  /** Where it leads; null where it leads nowhere. */
  leads: z
    .strictObject({ to: z.string(), https: z.boolean(), sameHost: z.boolean(), samePath: z.boolean() })
    .nullable(),
  /** The answer there, when it was asked. */
  there: z.strictObject({ status: z.int(), hsts: z.array(z.string()) }).nullable(),
  tls: tlsFactsSchema.nullable(),
})
export type RedirectObservation = z.infer<typeof redirectObservationSchema>
