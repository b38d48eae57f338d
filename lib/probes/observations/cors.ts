import { z } from 'zod'
import { baseObservation, requestSchema, tlsFactsSchema } from './base.ts'

/** What a preflight said; lines of one header joined with ", ", null where it was absent. */
export const preflightSchema = z.strictObject({
  /** The origin that was said to ask. */
  from: z.string(),
  status: z.int(),
  origin: z.string().nullable(),
  methods: z.string().nullable(),
  headers: z.string().nullable(),
  credentials: z.string().nullable(),
  maxAge: z.string().nullable(),
})
export type Preflight = z.infer<typeof preflightSchema>

export const corsObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('cors'),
  /** The first preflight, for the origin of the probe. */
  request: requestSchema.nullable(),
  own: preflightSchema.nullable(),
  /** For an origin that nobody knows, and for `null`, in this order. */
  others: z.array(preflightSchema).max(2),
  /** The status of a plain GET without an origin, asked where no preflight of the probe's origin shows that the application answers. */
  plain: z.int().nullable().optional(),
  tls: tlsFactsSchema.nullable(),
})
export type CorsObservation = z.infer<typeof corsObservationSchema>
