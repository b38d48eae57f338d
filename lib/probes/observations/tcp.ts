import { z } from 'zod'
import { baseObservation, tlsFactsSchema } from './base.ts'

export const tcpObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('tcp'),
  address: z.string().nullable(),
  tls: tlsFactsSchema.nullable(),
  /** Was the connection made? Null: not tried. */
  open: z.boolean().nullable(),
  steps: z.array(
    z.strictObject({
      /** As it stands in the probe, variables not filled in. */
      step: z.string(),
      /** Null: more came than is read before it was found. */
      done: z.boolean().nullable(),
      /** The beginning of what had arrived, masked; of a step that reads. */
      seen: z.string().nullable(),
    }),
  ),
})
export type TcpObservation = z.infer<typeof tcpObservationSchema>
