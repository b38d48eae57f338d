import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, number, printCheck, readCheck, which, word } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printSentHeaders, readSentHeader, readUrl } from '../options.ts'
import { isUrlTemplate } from '../texts.ts'

/** `same-site`: Strict or Lax; `prefixed`: its name begins with __Host- or __Secure-; `session`: it says no end. */
export const COOKIE_TRAITS = [
  'secure',
  'http-only',
  'same-site',
  'strict',
  'lax',
  'host-only',
  'prefixed',
  'session',
] as const

export const COOKIES_FORMS = {
  all: word(...COOKIE_TRAITS),
  cookie: which(...COOKIE_TRAITS, 'present', 'absent'),
  count: number(null),
} as const
export type CookiesCheck = CheckOf<typeof COOKIES_FORMS>

export const cookiesProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('cookies'),
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema,
    conditions: z.array(checkSchema(COOKIES_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type CookiesProbe = z.infer<typeof cookiesProbeSchema>

export const cookiesGrammar: ProbeGrammar<CookiesProbe> = {
  schema: cookiesProbeSchema,
  subjects: Object.keys(COOKIES_FORMS),
  options: ['send'],
  repeatable: ['send'],
  example: 'all secure, all http-only',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'cookies',
    url: readUrl(scanner),
    headers: [],
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: COOKIES_FORMS }),
  option(scanner, _word, draft) {
    readSentHeader(scanner, draft.headers)
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers }) => printSentHeaders(headers),
  sent: ({ url, headers }) => [url, ...headers.map(({ value }) => value)],
}
