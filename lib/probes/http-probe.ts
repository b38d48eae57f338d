import { z } from 'zod'
import { conditionSchema } from './condition.ts'
import { isHeaderName, isHeaderValue, isUrlTemplate } from './texts.ts'

export const PROBE_LIMITS = {
  timeoutMs: { least: 100, most: 30_000, usual: 5_000 },
  maxBytes: { least: 1, most: 10_485_760, usual: 1_048_576 },
  redirects: { most: 10, usual: 5 },
  shelfSeconds: { least: 30, most: 2_592_000, usual: 900 },
  conditions: 20,
  headers: 20,
} as const

export const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST'] as const
export const REDIRECT_MODES = ['none', 'same-host', 'follow'] as const

/** Headers that frame the message or the connection: sending them by hand would let a probe smuggle a second request. */
const FRAMING = [
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'keep-alive',
]

export function isSendable(name: string): boolean {
  return !FRAMING.includes(name) && !name.startsWith('proxy-')
}

const sentHeader = z.strictObject({
  name: z.string().refine(isHeaderName).refine(isSendable, 'this header is set by the probe itself'),
  value: z.string().refine(isHeaderValue),
})

/**
 * One HTTP probe as written in a template: JSON-safe and canonical (integers and strings only). `url` and header
 * values may hold `${VARIABLES}` of the environment. `shelfSeconds: null` means the usual 15 minutes.
 */
export const httpProbeSchema = z
  .strictObject({
    v: z.literal(1),
    kind: z.literal('http'),
    method: z.enum(METHODS),
    url: z.string().refine(isUrlTemplate, 'the address must start with http://, https:// or a variable'),
    headers: z.array(sentHeader).max(PROBE_LIMITS.headers),
    conditions: z.array(conditionSchema).min(1).max(PROBE_LIMITS.conditions),
    timeoutMs: z.int().min(PROBE_LIMITS.timeoutMs.least).max(PROBE_LIMITS.timeoutMs.most),
    redirects: z.strictObject({
      mode: z.enum(REDIRECT_MODES),
      max: z.int().min(0).max(PROBE_LIMITS.redirects.most),
    }),
    maxBytes: z.int().min(PROBE_LIMITS.maxBytes.least).max(PROBE_LIMITS.maxBytes.most),
    shelfSeconds: z.int().min(PROBE_LIMITS.shelfSeconds.least).max(PROBE_LIMITS.shelfSeconds.most).nullable(),
    allowWarn: z.boolean(),
  })
  .refine((probe) => probe.conditions.some((condition) => condition.level === 'expect'), {
    message: 'a probe without an expectation proves nothing',
    path: ['conditions'],
  })
  .refine((probe) => (probe.redirects.mode === 'none') === (probe.redirects.max === 0), {
    message: 'a probe that follows redirects says how many, one that does not says 0',
    path: ['redirects'],
  })
  .refine(
    (probe) => probe.method !== 'HEAD' || probe.conditions.every(({ on }) => on !== 'body' && on !== 'json'),
    { message: 'a HEAD request has no body to look at', path: ['conditions'] },
  )
  .refine((probe) => new Set(probe.headers.map(({ name }) => name)).size === probe.headers.length, {
    message: 'a header is sent once',
    path: ['headers'],
  })

export type HttpProbe = z.infer<typeof httpProbeSchema>
