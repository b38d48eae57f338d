import { z } from 'zod'
import { baseObservation, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'

const cookieSeenSchema = z.strictObject({
  name: z.string(),
  /** The host that set it. */
  from: z.string(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.enum(['Strict', 'Lax', 'None']).nullable(),
  domain: z.string().nullable(),
  path: z.string().nullable(),
  /** Does it say neither Max-Age nor Expires? */
  session: z.boolean(),
  /** Why a browser refuses it by the rules of its prefix. */
  fault: z.string().nullable(),
})
export type CookieSeen = z.infer<typeof cookieSeenSchema>

export const cookiesObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('cookies'),
  request: requestSchema.nullable(),
  /** Where the redirects end. */
  response: responseSchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  /** Set on the way and not deleted again; null: not looked at. Values are not kept. */
  cookies: z.array(cookieSeenSchema).nullable(),
})
export type CookiesObservation = z.infer<typeof cookiesObservationSchema>
