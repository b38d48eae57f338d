import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, TEXT } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printSentHeaders, readSentHeader, readUrl } from '../options.ts'
import { isUrlTemplate } from '../texts.ts'

export const SSE_FORMS = {
  /** The server answers with an event stream. */
  open: FLAG,
  /** From the request to the first event. */
  'first-event': number('ms'),
  /** An event of this name comes; one whose data has this text. */
  event: TEXT,
  data: TEXT,
} as const
export type SseCheck = CheckOf<typeof SSE_FORMS>

export const sseProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('sse'),
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema,
    conditions: z.array(checkSchema(SSE_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type SseProbe = z.infer<typeof sseProbeSchema>

export const sseGrammar: ProbeGrammar<SseProbe> = {
  schema: sseProbeSchema,
  subjects: Object.keys(SSE_FORMS),
  options: ['send'],
  repeatable: ['send'],
  example: 'open, first-event < 2s',
  head: (scanner) => ({ ...usualBase(), kind: 'sse', url: readUrl(scanner), headers: [], conditions: [] }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: SSE_FORMS }),
  option(scanner, _word, draft) {
    readSentHeader(scanner, draft.headers)
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers }) => printSentHeaders(headers),
  sent: ({ url, headers }) => [url, ...headers.map(({ value }) => value)],
}
