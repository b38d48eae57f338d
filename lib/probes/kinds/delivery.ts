import { z } from 'zod'
import {
  baseFields,
  hasExpectation,
  hostSchema,
  maxBytesSchema,
  NO_EXPECTATION,
  sentHeadersSchema,
  usualBase,
} from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, word } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printHost, printLimit, printSentHeaders, readLimit, readSentHeader } from '../options.ts'
import { readHost, readUrl } from '../read-address.ts'
import { isUrlTemplate } from '../texts.ts'

export const CODINGS = ['gzip', 'br', 'zstd'] as const
export type Coding = (typeof CODINGS)[number]

export const DELIVERY_FORMS = {
  /** Asked for with this coding alone, it comes in it, really decodes, and is smaller than without; `any`: one of them. */
  compressed: word('any', ...CODINGS),
  /** What comes compressed says `Vary: Accept-Encoding`, so that no cache gives it to those who cannot read it. */
  vary: FLAG,
  /** Of cache-control, in seconds. */
  'max-age': number('ms'),
  's-maxage': number('ms'),
  /** A shared cache may keep it: neither no-store nor private, and a time is given. */
  cacheable: FLAG,
  immutable: FLAG,
  /** Asked again with its validator, it answers 304. */
  revalidates: FLAG,
  /** A cache in front says that it answered from its store, at the latest when asked for the third time. */
  'cdn-hit': FLAG,
} as const
export type DeliveryCheck = CheckOf<typeof DELIVERY_FORMS>

export const deliveryProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('delivery'),
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema.refine(
      (headers) =>
        headers.every(
          ({ name }) => name !== 'accept-encoding' && !name.startsWith('if-') && name !== 'range',
        ),
      'accept-encoding, range and conditional headers are set by the probe itself',
    ),
    conditions: z.array(checkSchema(DELIVERY_FORMS)).min(1).max(PROBE_LIMITS.conditions),
    maxBytes: maxBytesSchema,
    host: hostSchema.optional(),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type DeliveryProbe = z.infer<typeof deliveryProbeSchema>

export const deliveryGrammar: ProbeGrammar<DeliveryProbe> = {
  schema: deliveryProbeSchema,
  subjects: Object.keys(DELIVERY_FORMS),
  options: ['send', 'limit', 'host'],
  repeatable: ['send'],
  example: 'compressed gzip, vary',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'delivery',
    url: readUrl(scanner),
    headers: [],
    conditions: [],
    maxBytes: PROBE_LIMITS.maxBytes.most,
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: DELIVERY_FORMS }),
  option(scanner, clause, draft) {
    if (clause === 'send') readSentHeader(scanner, draft.headers)
    else if (clause === 'host') draft.host = readHost(scanner)
    else draft.maxBytes = readLimit(scanner)
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers, maxBytes, host }) => [
    ...printSentHeaders(headers),
    ...printLimit(maxBytes, PROBE_LIMITS.maxBytes.most),
    ...printHost(host),
  ],
  sent: ({ url, headers, host = '' }) => [url, ...headers.map(({ value }) => value), host],
}
