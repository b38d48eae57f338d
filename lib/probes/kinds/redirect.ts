import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printSentHeaders, readSentHeader, readUrl } from '../options.ts'
import { isUrlTemplate } from '../texts.ts'

export const REDIRECT_FORMS = {
  /** The first hop leads to https, to the same host, with 301 or 308, to the same path and query. */
  https: FLAG,
  'same-host': FLAG,
  permanent: FLAG,
  'same-path': FLAG,
  /** Where it leads, the answer carries Strict-Transport-Security; and what it says. */
  hsts: FLAG,
  'max-age': number('ms'),
  'include-subdomains': FLAG,
  preload: FLAG,
} as const
export type RedirectCheck = CheckOf<typeof REDIRECT_FORMS>

export const redirectProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('redirect'),
    /** Without TLS; of an https address without a port the same at port 80. */
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema,
    conditions: z.array(checkSchema(REDIRECT_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type RedirectProbe = z.infer<typeof redirectProbeSchema>

export const redirectGrammar: ProbeGrammar<RedirectProbe> = {
  schema: redirectProbeSchema,
  subjects: Object.keys(REDIRECT_FORMS),
  options: ['send'],
  repeatable: ['send'],
  example: 'https, same-host, permanent',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'redirect',
    url: readUrl(scanner),
    headers: [],
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: REDIRECT_FORMS }),
  option(scanner, _word, draft) {
    readSentHeader(scanner, draft.headers)
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers }) => printSentHeaders(headers),
  sent: ({ url, headers }) => [url, ...headers.map(({ value }) => value)],
}
