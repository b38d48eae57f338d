import { z } from 'zod'
import { baseObservation, namedValue, requestSchema, responseSchema, tlsFactsSchema } from './base.ts'

const cookieSchema = z.strictObject({
  name: z.string(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.enum(['Strict', 'Lax', 'None']).nullable(),
})

export const headersObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('headers'),
  request: requestSchema.nullable(),
  /** Of the page where the redirects end. */
  response: responseSchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  /** The security headers of the page, every line as it came; null without a page. */
  page: z
    .strictObject({
      url: z.string(),
      headers: z.array(namedValue),
      /** Why the page's text is not known; scripts and policies in it are then unknown too. */
      cut: z.string().nullable(),
      isHtml: z.boolean(),
      policies: z.array(z.string()),
      referrer: z.string().nullable(),
      scripts: z.array(z.strictObject({ src: z.string().nullable(), integrity: z.boolean() })),
      cookies: z.array(cookieSchema),
      hasBadSameSite: z.boolean(),
    })
    .nullable(),
  /** The answer to OPTIONS with an origin of a stranger, without values where it was no success; null: not answered. */
  sharing: z
    .strictObject({
      allowOrigin: z.string().nullable(),
      allowCredentials: z.string().nullable(),
      origin: z.string(),
    })
    .nullable(),
  /** Where the address without TLS leads; `none`: nothing listens there, or the probe says so. */
  plain: z
    .strictObject({
      address: z.string(),
      end: z.enum(['answered', 'certificate', 'none', 'unknown']),
      why: z.string().nullable(),
      route: z.array(z.string()),
    })
    .nullable(),
})
export type HeadersObservation = z.infer<typeof headersObservationSchema>
