import { z } from 'zod'
import { CODINGS } from '../kinds/delivery.ts'
import { baseObservation, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'

export const deliveryObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('delivery'),
  request: requestSchema.nullable(),
  /** The plain answer, asked for without any coding. */
  response: responseSchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  plain: z
    .strictObject({
      bytes: z.int(),
      /** Null when the whole body was read. */
      cut: z.string().nullable(),
      /** A coding that it came in although none was asked for. */
      encoding: z.string().nullable(),
      sha256: z.string().nullable(),
    })
    .nullable(),
  /** Each coding asked for alone. */
  codings: z.array(
    z.strictObject({
      coding: z.enum(CODINGS),
      status: z.int(),
      encoding: z.string().nullable(),
      wireBytes: z.int(),
      bytes: z.int(),
      cut: z.string().nullable(),
      /** False when the bytes are not what content-encoding says. */
      decodes: z.boolean(),
      sha256: z.string().nullable(),
      vary: z.string().nullable(),
    }),
  ),
  /** Asked again with its validator; null: not asked. */
  revalidation: z
    .strictObject({ with: z.enum(['etag', 'last-modified', 'nothing']), status: z.int().nullable() })
    .nullable(),
  /** What caches in front said about each plain answer, in order; empty where they say nothing. */
  caches: z.array(z.string()),
})
export type DeliveryObservation = z.infer<typeof deliveryObservationSchema>
