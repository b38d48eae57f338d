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
import { type CheckOf, checkSchema, FLAG, number, printCheck, rank, readCheck } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { GRADES } from '../observatory/results.ts'
import { printHost, printLimit, printSentHeaders, readLimit, readSentHeader } from '../options.ts'
import { readHost, readUrl } from '../read-address.ts'
import { isUrlTemplate } from '../texts.ts'

export const HEADERS_FORMS = {
  grade: rank(...GRADES.map(([grade]) => grade)),
  score: number(null),
  /** Each test passes as the Observatory lets it pass. */
  'content-security-policy': FLAG,
  cookies: FLAG,
  'cross-origin-resource-sharing': FLAG,
  redirection: FLAG,
  'referrer-policy': FLAG,
  'strict-transport-security': FLAG,
  'subresource-integrity': FLAG,
  'x-content-type-options': FLAG,
  'x-frame-options': FLAG,
  'cross-origin-resource-policy': FLAG,
} as const
export type HeadersCheck = CheckOf<typeof HEADERS_FORMS>

export const headersProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('headers'),
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema,
    /** Where it stands without TLS; null: the same host at port 80, `none`: nowhere. */
    plain: z.union([z.literal('none'), z.string().refine(isUrlTemplate)]).nullable(),
    conditions: z.array(checkSchema(HEADERS_FORMS)).min(1).max(PROBE_LIMITS.conditions),
    maxBytes: maxBytesSchema,
    host: hostSchema.optional(),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type HeadersProbe = z.infer<typeof headersProbeSchema>

export const headersGrammar: ProbeGrammar<HeadersProbe> = {
  schema: headersProbeSchema,
  subjects: Object.keys(HEADERS_FORMS),
  options: ['send', 'plain', 'limit', 'host'],
  repeatable: ['send'],
  example: 'grade >= B',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'headers',
    url: readUrl(scanner),
    headers: [],
    plain: null,
    conditions: [],
    maxBytes: PROBE_LIMITS.maxBytes.most,
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: HEADERS_FORMS }),
  option(scanner, clause, draft) {
    if (clause === 'send') readSentHeader(scanner, draft.headers)
    else if (clause === 'limit') draft.maxBytes = readLimit(scanner)
    else if (clause === 'host') draft.host = readHost(scanner)
    else if (scanner.peekWord() === 'none') draft.plain = scanner.word() === 'none' ? 'none' : null
    else draft.plain = readUrl(scanner)
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers, plain, maxBytes, host }) => [
    ...printSentHeaders(headers),
    ...(plain === null ? [] : [`plain ${plain}`]),
    ...printLimit(maxBytes, PROBE_LIMITS.maxBytes.most),
    ...printHost(host),
  ],
  sent: ({ url, plain, headers, host = '' }) => [
    ...[url, host],
    ...(plain === null || plain === 'none' ? [] : [plain]),
    ...headers.map(({ value }) => value),
  ],
}
