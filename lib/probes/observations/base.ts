import { z } from 'zod'
import { RUN_VARIABLES } from '#lib/shared/run-variables.ts'
import { clientSchema } from '../base-probe.ts'
import { PROBE_LIMITS } from '../limits.ts'

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
  /** The credentials were not accepted. */
  'access',
  /** What was asked answered, and refused the question. */
  'query',
  /** It was never asked: others were there all the time that the look could wait. */
  'busy',
  /** Every worker that ran it was gone before it ended, so it was given up. */
  'lost',
  'cancelled',
] as const
export type FailureKind = (typeof FAILURE_KINDS)[number]

/** Milliseconds as a decimal text with at most one fraction digit; null when the phase was not reached. */
const milliseconds = z.string().nullable()
export const namedValue = z.strictObject({ name: z.string(), value: z.string() })
export type HeaderLine = z.infer<typeof namedValue>

export const certificateSchema = z.strictObject({
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

export const tlsFactsSchema = z.strictObject({
  version: z.string(),
  cipher: z.string(),
  serverName: z.string(),
  trusted: z.boolean(),
  distrust: z.string().nullable(),
  certificate: certificateSchema.nullable(),
})
export type ObservedTls = z.infer<typeof tlsFactsSchema>

const trySchema = z.strictObject({
  at: z.string(),
  /** The address that was tried; null before there was one. */
  used: z.string().nullable(),
  total: milliseconds,
  error: z.strictObject({ kind: z.enum(FAILURE_KINDS), message: z.string() }),
})
export type Try = z.infer<typeof trySchema>

/** What is known of every attempt, whatever its kind. */
export const baseObservation = {
  v: z.literal(1),
  /** When the attempt began, ISO 8601 in UTC. */
  at: z.string(),
  configHash: z.string(),
  connection: z
    .strictObject({
      host: z.string(),
      port: z.int(),
      addresses: z.array(z.string()),
      used: z.string().nullable(),
      /** The allow-list entry that let it through, as its canonical text. */
      allowedBy: z.string().nullable(),
      /** The name that TLS asked for in place of the host's. */
      serverName: z.string().optional(),
      /** The variable whose authorities alone were trusted; absent where it was this machine's own, and in older observations. */
      ca: z.string().optional(),
      /** The variables whose certificate was shown to servers that asked for one. */
      client: clientSchema.optional(),
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
  error: z.strictObject({ kind: z.enum(FAILURE_KINDS), message: z.string() }).nullable(),
  /**
   * What the network guard refused, in the order of asking, also where the look went on without it; absent where it refused nothing, and
   * in observations from before it was kept.
   */
  blocked: z
    .array(z.strictObject({ host: z.string(), port: z.int(), why: z.string() }))
    .min(1)
    .optional(),
  /** What the run said of itself where conditions ask for it; absent where none does. */
  run: z.partialRecord(z.enum(RUN_VARIABLES), z.string()).optional(),
  /** The tries before this one, each broken off by an error of the network; absent where there were none. */
  tries: z.array(trySchema).min(1).max(PROBE_LIMITS.retries.most).optional(),
}

/** Of evidence that was pushed: nothing was connected to, nothing took time. */
export const NOTHING_ASKED = {
  connection: null,
  phases: { resolve: null, connect: null, tls: null, wait: null, transfer: null, total: null },
  error: null,
} as const

export const requestSchema = z.strictObject({
  method: z.string(),
  url: z.string(),
  headers: z.array(namedValue),
})

/** The first of several requests. `filled`: headers as the probe writes them, whose variables whoever has them fills in. */
export const askedSchema = requestSchema.extend({ filled: z.array(namedValue) })
export type AskedRequest = z.infer<typeof askedSchema>

export const responseSchema = z.strictObject({
  status: z.int(),
  httpVersion: z.string(),
  headers: z.array(namedValue),
  /** Every header name of the response, also of those whose values are not kept. */
  headerNames: z.array(z.string()),
  /** For each expression that a condition looks for: is it in a line of the header? Null: its value is not kept. */
  matches: z
    .array(z.strictObject({ name: z.string(), pattern: z.string(), found: z.boolean().nullable() }))
    .optional(),
})
