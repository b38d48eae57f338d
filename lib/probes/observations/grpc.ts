import { z } from 'zod'
import { SERVING_STATUSES } from '../grpc-health.ts'
import { baseObservation, tlsFactsSchema } from './base.ts'

export const grpcObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('grpc'),
  address: z.string().nullable(),
  /** What was asked for; empty: the whole server. */
  service: z.string().nullable(),
  tls: tlsFactsSchema.nullable(),
  answer: z
    .strictObject({
      http: z.int(),
      /** Of gRPC; null where there is none. */
      status: z.int().nullable(),
      said: z.string(),
      serving: z.enum(SERVING_STATUSES).nullable(),
    })
    .nullable(),
})
export type GrpcObservation = z.infer<typeof grpcObservationSchema>
