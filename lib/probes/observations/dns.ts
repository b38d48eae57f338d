import { z } from 'zod'
import { baseObservation } from './base.ts'

const repliesSchema = z.strictObject({
  /** Host and port; `system`: the resolver of this machine. */
  server: z.string(),
  rcode: z.string(),
  /** Null where the system's resolver does not say. */
  authoritative: z.boolean().nullable(),
  /** Of the type that was asked for; in seconds, null where it is not said. */
  answers: z.array(z.strictObject({ text: z.string(), ttl: z.int().nullable() })).max(100),
  total: z.int(),
})
export type DnsReply = z.infer<typeof repliesSchema>

export const dnsObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('dns'),
  /** The name as asked, with variables filled in. */
  name: z.string().nullable(),
  replies: z.array(repliesSchema),
  /** The texts that answers are compared with, as written and with variables filled in. */
  wanted: z.array(z.strictObject({ written: z.string(), text: z.string() })),
})
export type DnsObservation = z.infer<typeof dnsObservationSchema>
