import { z } from 'zod'
import {
  baseFields,
  hasExpectation,
  hostSchema,
  NO_EXPECTATION,
  sentHeadersSchema,
  usualBase,
} from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck } from '../checks.ts'
import { choice } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printHost, printSentHeaders, readSentHeader } from '../options.ts'
import { readHost, readUrl } from '../read-address.ts'
import { isHeaderName, isUrlTemplate } from '../texts.ts'

export const CORS_FORMS = {
  /** The preflight allows the origin, the method and every header that is asked for. */
  allows: FLAG,
  /** It allows neither an origin that nobody knows nor `null`. */
  'refuses-others': FLAG,
  /** With cookies too. */
  credentials: FLAG,
  /** How long browsers may remember it. */
  'max-age': number('ms'),
} as const
export type CorsCheck = CheckOf<typeof CORS_FORMS>

export const CORS_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const MOST_HEADERS = 10

export const corsProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('cors'),
    url: z.string().refine(isUrlTemplate),
    origin: z.string().refine(isUrlTemplate),
    verb: z.enum(CORS_METHODS),
    asks: z.array(z.string().refine(isHeaderName)).max(MOST_HEADERS),
    headers: sentHeadersSchema,
    host: hostSchema.optional(),
    conditions: z.array(checkSchema(CORS_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type CorsProbe = z.infer<typeof corsProbeSchema>

export const corsGrammar: ProbeGrammar<CorsProbe> = {
  schema: corsProbeSchema,
  subjects: Object.keys(CORS_FORMS),
  options: ['method', 'asks', 'send', 'host'],
  repeatable: ['asks', 'send'],
  example: 'allows, refuses-others',
  head(scanner) {
    const url = readUrl(scanner)
    choice(scanner, ['origin'] as const, 'the origin that asks')
    const origin = readUrl(scanner)
    return { ...usualBase(), kind: 'cors', url, origin, verb: 'GET', asks: [], headers: [], conditions: [] }
  },
  condition: (scanner, level) => readCheck(scanner, { level, forms: CORS_FORMS }),
  option(scanner, word, draft) {
    if (word === 'send') readSentHeader(scanner, draft.headers)
    else if (word === 'host') draft.host = readHost(scanner)
    else if (word === 'method') draft.verb = choice(scanner, CORS_METHODS, 'a method')
    else {
      scanner.skipBlanks()
      const { offset } = scanner
      const name = scanner.word().toLowerCase()
      if (!isHeaderName(name) || draft.asks.length >= MOST_HEADERS)
        scanner.fail({
          offset,
          message: `up to ${MOST_HEADERS} names of headers are asked for`,
          expected: ['authorization'],
        })
      draft.asks.push(name)
    }
  },
  printHead: ({ url, origin }) => `${url} origin ${origin}`,
  printCondition: printCheck,
  printOptions: ({ verb, asks, headers, host }) => [
    ...(verb === 'GET' ? [] : [`method ${verb}`]),
    ...asks.map((name) => `asks ${name}`),
    ...printSentHeaders(headers),
    ...printHost(host),
  ],
  sent: ({ url, origin, headers, host = '' }) => [url, origin, ...headers.map(({ value }) => value), host],
}

/** An answer that a browser takes for a preflight's, and of an application that is there. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}
