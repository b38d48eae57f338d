import { z } from 'zod'
import {
  baseFields,
  hasExpectation,
  hostSchema,
  maxBytesSchema,
  NO_EXPECTATION,
  sentHeadersSchema,
} from './base-probe.ts'
import { type Condition, conditionSchema } from './condition.ts'
import { PROBE_LIMITS } from './limits.ts'
import { isUrlTemplate } from './texts.ts'

export const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST'] as const
export const FAMILIES = ['ipv4', 'ipv6'] as const
export const REDIRECT_MODES = ['none', 'same-host', 'follow'] as const

const OF_BODY: readonly Condition['on'][] = ['body', 'body_match', 'json']

/**
 * One HTTP probe as written in a template: JSON-safe and canonical (integers and strings only). `url` and header
 * values may hold `${VARIABLES}` of the environment. `shelfSeconds: null` means the usual 15 minutes.
 */
export const httpProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('http'),
    method: z.enum(METHODS),
    url: z.string().refine(isUrlTemplate, 'the address must start with http://, https:// or a variable'),
    headers: sentHeadersSchema,
    conditions: z.array(conditionSchema).min(1).max(PROBE_LIMITS.conditions),
    redirects: z.strictObject({
      mode: z.enum(REDIRECT_MODES),
      max: z.int().min(0).max(PROBE_LIMITS.redirects.most),
    }),
    maxBytes: maxBytesSchema,
    /** Of the addresses, which all have to be allowed, only those of this family are used; left out: the first of all. */
    family: z.enum(FAMILIES).optional(),
    /** The service that is asked for, in place of the address's own. */
    host: hostSchema.optional(),
    /** HTTP/2 is not offered. */
    http1: z.literal(true).optional(),
  })
  .refine(hasExpectation, NO_EXPECTATION)
  .refine((probe) => (probe.redirects.mode === 'none') === (probe.redirects.max === 0), {
    message: 'a probe that follows redirects says how many, one that does not says 0',
    path: ['redirects'],
  })
  .refine(
    ({ method, conditions }) => method !== 'HEAD' || conditions.every(({ on }) => !OF_BODY.includes(on)),
    { message: 'a HEAD request has no body to look at', path: ['conditions'] },
  )

export type HttpProbe = z.infer<typeof httpProbeSchema>
