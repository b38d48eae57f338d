import { z } from 'zod'
import { TLS_VERSIONS } from '../kinds/tls.ts'
import { baseObservation, certificateSchema } from './base.ts'

const linkSchema = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  validTo: z.string(),
  daysLeft: z.int(),
})

export const tlsObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('tls'),
  starttls: z.string().nullable(),
  /** What was agreed on when everything was offered; null when there was no handshake. */
  handshake: z
    .strictObject({
      version: z.string(),
      cipher: z.string(),
      serverName: z.string(),
      /** Does the chain lead to an authority that this machine trusts? The name is judged apart. */
      trusted: z.boolean(),
      distrust: z.string().nullable(),
      hostname: z.boolean(),
      certificate: certificateSchema,
      /** The server sent an OCSP answer along; older observations do not say. */
      stapled: z.boolean().optional(),
      keyBits: z.int().nullable(),
      /** Of the key, and of what its authority signed it with, as OpenSSL calls them; older observations do not say. */
      keyType: z.string().nullable().optional(),
      signature: z.string().nullable().optional(),
      /** The server's certificate first: of the chains to a trusted root the one that holds longest; without one, what was presented. */
      chain: z.array(linkSchema),
      /** What was presented and is not in that chain. */
      unused: z.array(linkSchema).optional(),
    })
    .nullable(),
  /** Each version that a condition asks about, offered alone. */
  versions: z.array(
    z.strictObject({
      version: z.enum(TLS_VERSIONS),
      result: z.enum(['accepted', 'refused', 'unknown']),
      why: z.string(),
    }),
  ),
})
export type TlsObservation = z.infer<typeof tlsObservationSchema>
