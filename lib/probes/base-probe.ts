import { z } from 'zod'
import { PROBE_LIMITS } from './limits.ts'
import { isHeaderName, isHeaderValue, isHostTemplate, isVariableName, variablesIn } from './texts.ts'

const { samples, everySeconds, wholeSeconds } = PROBE_LIMITS.window

/** Several looks, one verdict: passes with `need` passes among at most `samples` looks. */
export const windowSchema = z
  .strictObject({
    need: z.int().min(1).max(samples),
    samples: z.int().min(2).max(samples),
    everySeconds: z.int().min(everySeconds.least).max(everySeconds.most),
    /** More fails than this decide against the item at once, whatever passed before. */
    maxFailures: z.int().min(0).max(samples),
    maxInconclusive: z.int().min(0).max(samples),
  })
  .refine(({ need, samples: most }) => need <= most, 'more passes are needed than looks are taken')
  .refine(
    ({ samples: most, everySeconds: every }) => (most - 1) * every <= wholeSeconds,
    `a window lasts at most ${wholeSeconds / 60} minutes`,
  )
export type Window = z.infer<typeof windowSchema>

/** What every kind has whose evidence is pushed: nothing is asked, so there is no deadline and no second look. */
export const pushedFields = {
  v: z.literal(1),
  /** Null: what is usual for the kind. */
  shelfSeconds: z.int().min(PROBE_LIMITS.shelfSeconds.least).max(PROBE_LIMITS.shelfSeconds.most).nullable(),
  allowWarn: z.boolean(),
  /** What it sees is kept and shown, and counts for nothing. */
  shadow: z.literal(true).optional(),
  /** Asked only where every variable that it uses is set, and these: elsewhere its run goes without it. */
  ifSet: z.array(z.string().refine(isVariableName)).max(PROBE_LIMITS.ifSet).optional(),
}

/** The variables that hold a client's certificate and the key to it, as PEM. */
export const clientSchema = z.strictObject({
  certificate: z.string().refine(isVariableName),
  key: z.string().refine(isVariableName),
})
/** A host's name, variables included. */
export const hostSchema = z.string().refine(isHostTemplate)

/** What every kind has that looks: JSON-safe and canonical. The optional ones are left out where they say what is usual, so that older hashes stay. */
export const baseFields = {
  ...pushedFields,
  timeoutMs: z.int().min(PROBE_LIMITS.timeoutMs.least).max(PROBE_LIMITS.timeoutMs.most),
  window: windowSchema.optional(),
  /** Tries after the first that broke off by an error of the network. */
  retries: z.int().min(0).max(PROBE_LIMITS.retries.most).optional(),
  /** While its run is open it is started again so often. */
  everySeconds: z.int().min(PROBE_LIMITS.everySeconds.least).max(PROBE_LIMITS.everySeconds.most).optional(),
  /** The variable that holds the authorities to trust in place of this machine's own, as PEM. */
  authorities: z.string().refine(isVariableName).optional(),
  /** The name that TLS asks for, and that the certificate must have, in place of the address's. */
  sni: hostSchema.optional(),
  client: clientSchema.optional(),
}

export const maxBytesSchema = z.int().min(PROBE_LIMITS.maxBytes.least).max(PROBE_LIMITS.maxBytes.most)

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
  'http2-settings',
]

export function isSendable(name: string): boolean {
  return !FRAMING.includes(name) && !name.startsWith('proxy-')
}

const sentHeader = z.strictObject({
  name: z.string().refine(isHeaderName).refine(isSendable, 'this header is set by the probe itself'),
  value: z.string().refine(isHeaderValue),
})

export const sentHeadersSchema = z
  .array(sentHeader)
  .max(PROBE_LIMITS.headers)
  .refine(
    (headers) => new Set(headers.map(({ name }) => name)).size === headers.length,
    'a header is sent once',
  )

/** What configurations of all kinds share. */
export type BaseProbe = {
  v: 1
  kind: string
  conditions: { level: 'expect' | 'warn'; on: string }[]
  shelfSeconds: number | null
  allowWarn: boolean
  ifSet?: string[] | undefined
  shadow?: true | undefined
}

/** Of the kinds that look, and do not wait for what is pushed. */
export type PulledProbe = BaseProbe &
  ConnectionTerms & {
    /** Where to look, `${VARIABLES}` included. */
    url: string
    timeoutMs: number
    window?: Window | undefined
    retries?: number | undefined
    everySeconds?: number | undefined
  }

type ConnectionTerms = {
  authorities?: string | undefined
  sni?: string | undefined
  client?: z.infer<typeof clientSchema> | undefined
}

/** The variables that stand in what a probe says of its connections. */
export function connectionVariables({ authorities, client, sni = '' }: ConnectionTerms): string[] {
  return [
    ...[authorities, client?.certificate, client?.key].filter((name) => name !== undefined),
    ...variablesIn(sni),
  ]
}

export function isPulled(probe: BaseProbe): probe is PulledProbe {
  return 'timeoutMs' in probe
}

/** What a kind that looks starts from before its clauses are read. */
export function usualBase() {
  return { ...usualPushed(), timeoutMs: PROBE_LIMITS.timeoutMs.usual }
}

/** What a kind whose evidence is pushed starts from. */
export function usualPushed() {
  return { v: 1 as const, shelfSeconds: null, allowWarn: false }
}

export function hasExpectation({ conditions }: Pick<BaseProbe, 'conditions'>): boolean {
  return conditions.some(({ level }) => level === 'expect')
}

export const NO_EXPECTATION = {
  message: 'a probe without an expectation proves nothing',
  path: ['conditions'],
}
