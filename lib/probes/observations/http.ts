import { z } from 'zod'
import { baseObservation, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'

/** A value found in a JSON body; numbers keep their exact text. `doubled`: the value is the part of the path that stands twice. */
const pickSchema = z.strictObject({
  path: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'null', 'object', 'array', 'missing', 'not_json', 'doubled']),
  value: z.string().nullable(),
})
export type JsonPick = z.infer<typeof pickSchema>

export const bodySchema = z.strictObject({
  /** Bytes read from the wire, and after decoding. */
  wireBytes: z.int(),
  bytes: z.int(),
  encoding: z.string().nullable(),
  /** Why reading ended early; null when the body is whole. */
  cut: z.enum(['limit', 'ratio', 'undecodable']).nullable(),
  /** SHA-256 of the decoded body; null when it is not whole. */
  sha256: z.string().nullable(),
  excerpt: z.string(),
  /** For each text that a condition looks for: is it in the part of the body that was read? */
  finds: z.array(z.strictObject({ text: z.string(), found: z.boolean() })),
  picks: z.array(pickSchema),
  /** For each expression: is it in the body? Null: not in what was read and searched, that is the first `searched` UTF-16 units. */
  matches: z
    .array(
      z.strictObject({ pattern: z.string(), found: z.boolean().nullable(), searched: z.int().nonnegative() }),
    )
    .optional(),
})

export const httpObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('http'),
  request: requestSchema.nullable(),
  response: responseSchema.nullable(),
  body: bodySchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  redirects: z.array(z.strictObject({ status: z.int(), from: z.string(), to: z.string() })),
})
export type HttpObservation = z.infer<typeof httpObservationSchema>
