import { z } from 'zod'
import {
  baseFields,
  hasExpectation,
  maxBytesSchema,
  NO_EXPECTATION,
  sentHeadersSchema,
  usualBase,
} from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, TEXT } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printLimit, printSentHeaders, readLimit, readSentHeader } from '../options.ts'
import { readUrl } from '../read-address.ts'
import { isUrlTemplate } from '../texts.ts'

/** A page of metrics is large by nature, and half of one proves nothing. */
const USUAL_BYTES = PROBE_LIMITS.maxBytes.most

export const METRICS_FORMS = {
  /** The whole page is valid text 0.0.4 or OpenMetrics. */
  parses: FLAG,
  /** A family of this name has at least one sample. */
  family: TEXT,
  /** No series stands twice. */
  unique: FLAG,
  families: number(null),
  series: number(null),
  /** Of the oldest sample that carries a time. */
  age: number('ms'),
  time: number('ms'),
} as const
export type MetricsCheck = CheckOf<typeof METRICS_FORMS>

export const metricsProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('metrics'),
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema,
    conditions: z.array(checkSchema(METRICS_FORMS)).min(1).max(PROBE_LIMITS.conditions),
    maxBytes: maxBytesSchema,
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type MetricsProbe = z.infer<typeof metricsProbeSchema>

export const metricsGrammar: ProbeGrammar<MetricsProbe> = {
  schema: metricsProbeSchema,
  subjects: Object.keys(METRICS_FORMS),
  options: ['send', 'limit'],
  repeatable: ['send'],
  example: 'parses',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'metrics',
    url: readUrl(scanner),
    headers: [],
    conditions: [],
    maxBytes: USUAL_BYTES,
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: METRICS_FORMS }),
  option(scanner, word, draft) {
    if (word === 'send') readSentHeader(scanner, draft.headers)
    else draft.maxBytes = readLimit(scanner)
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers, maxBytes }) => [
    ...printSentHeaders(headers),
    ...printLimit(maxBytes, USUAL_BYTES),
  ],
  sent: ({ url, headers }) => [url, ...headers.map(({ value }) => value)],
}
