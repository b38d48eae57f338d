import { z } from 'zod'

/**
 * What one attempt saw, apart from what is concluded from it. JSON-safe and canonical (integers, strings, booleans,
 * null): decimals are text. Secrets never reach this shape: it is masked where it is made.
 */
export const FAILURE_KINDS = [
  'config',
  'dns',
  'blocked',
  'refused',
  'unreachable',
  'timeout',
  'slow',
  'closed',
  'certificate',
  'tls',
  'protocol',
  'headers_too_large',
  'decode',
  'redirects',
  'cancelled',
] as const
export type FailureKind = (typeof FAILURE_KINDS)[number]

/** Milliseconds as a decimal text with at most one fraction digit; null when the phase was not reached. */
const milliseconds = z.string().nullable()
const namedValue = z.strictObject({ name: z.string(), value: z.string() })
export type HeaderLine = z.infer<typeof namedValue>

const certificateSchema = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  serial: z.string(),
  fingerprint256: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  /** Whole days from the observation to the end of validity; negative when expired. */
  daysLeft: z.int(),
})

/** A value found in a JSON body; numbers keep their exact text. */
const pickSchema = z.strictObject({
  path: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'null', 'object', 'array', 'missing', 'not_json']),
  value: z.string().nullable(),
})
export type JsonPick = z.infer<typeof pickSchema>

const bodySchema = z.strictObject({
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
})

export const observationSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('http'),
  /** When the attempt began, ISO 8601 in UTC. */
  at: z.string(),
  configHash: z.string(),
  request: z.strictObject({ method: z.string(), url: z.string(), headers: z.array(namedValue) }).nullable(),
  connection: z
    .strictObject({
      host: z.string(),
      port: z.int(),
      addresses: z.array(z.string()),
      used: z.string().nullable(),
      /** The allow-list entry that let it through, as its canonical text. */
      allowedBy: z.string().nullable(),
    })
    .nullable(),
  phases: z.strictObject({
    resolve: milliseconds,
    connect: milliseconds,
    tls: milliseconds,
    wait: milliseconds,
    transfer: milliseconds,
    total: milliseconds,
  }),
  response: z
    .strictObject({
      status: z.int(),
      httpVersion: z.string(),
      headers: z.array(namedValue),
      /** Every header name of the response, also of those whose values are not kept. */
      headerNames: z.array(z.string()),
    })
    .nullable(),
  body: bodySchema.nullable(),
  tls: z
    .strictObject({
      version: z.string(),
      cipher: z.string(),
      serverName: z.string(),
      trusted: z.boolean(),
      distrust: z.string().nullable(),
      certificate: certificateSchema.nullable(),
    })
    .nullable(),
  redirects: z.array(z.strictObject({ status: z.int(), from: z.string(), to: z.string() })),
  error: z.strictObject({ kind: z.enum(FAILURE_KINDS), message: z.string() }).nullable(),
})
export type Observation = z.infer<typeof observationSchema>
