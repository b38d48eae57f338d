import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck } from '../checks.ts'
import { choice, text } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { bounded, count, printSentHeaders, readSentHeader } from '../options.ts'
import { inQuotes, printMs } from '../print-text.ts'
import { readUrl } from '../read-address.ts'
import { isJsonPath, isQuotable, isUrlTemplate } from '../texts.ts'

export const LOG_STORES = ['loki', 'json'] as const

export const LOGS_FORMS = {
  /** Lines that match; that there are none is known only where lines flow. */
  count: number(null),
  /** Lines of any sort arrive. */
  flowing: FLAG,
  /** Since the newest line of any sort. Of Loki only. */
  newest: number('ms'),
  time: number('ms'),
} as const
export type LogsCheck = CheckOf<typeof LOGS_FORMS>

const USUAL_SECONDS = 900
const WITHIN = { least: 60_000, most: 604_800_000, step: 1000, example: '15m' } as const
const query = z.string().refine(isQuotable)

export const logsProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('logs'),
    url: z.string().refine(isUrlTemplate),
    store: z.enum(LOG_STORES),
    /** LogQL that selects lines, or the path and parameters of a question that is answered in JSON. */
    query,
    /** Where in the JSON the number stands. */
    path: z.string().refine(isJsonPath).nullable(),
    withinSeconds: z.int().min(60).max(604_800),
    /** What shows that lines arrive, and how many it takes; without it Loki is asked for the query's own streams. */
    flow: z.strictObject({ query, least: z.int().min(1) }).nullable(),
    headers: sentHeadersSchema,
    conditions: z.array(checkSchema(LOGS_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
  .refine(
    ({ store, path }) => (store === 'json') === (path !== null),
    'a JSON answer needs “at PATH”, and Loki has none',
  )
  .refine(
    ({ store, conditions, withinSeconds }) =>
      store === 'loki' || (withinSeconds === USUAL_SECONDS && conditions.every(({ on }) => on !== 'newest')),
    'the time of a JSON question stands in the question itself; “within” and “newest” are Loki’s',
  )
export type LogsProbe = z.infer<typeof logsProbeSchema>

export const logsGrammar: ProbeGrammar<LogsProbe> = {
  schema: logsProbeSchema,
  subjects: Object.keys(LOGS_FORMS),
  options: ['within', 'flow', 'at', 'send'],
  repeatable: ['send'],
  example: 'count == 0',
  head(scanner) {
    const url = readUrl(scanner)
    const store = choice(scanner, LOG_STORES, 'what keeps the logs')
    if (!scanner.isAtQuote())
      scanner.fail({
        message: 'the query is missing; it stands in double quotes',
        expected: [store === 'loki' ? '"{app=\\"web\\"} |= \\"error\\""' : '"/logs-*/_count?q=level:error"'],
      })
    return {
      ...usualBase(),
      kind: 'logs',
      url,
      store,
      query: text(scanner),
      path: null,
      withinSeconds: USUAL_SECONDS,
      flow: null,
      headers: [],
      conditions: [],
    }
  },
  condition: (scanner, level) => readCheck(scanner, { level, forms: LOGS_FORMS }),
  option(scanner, word, draft) {
    if (word === 'send') return readSentHeader(scanner, draft.headers)
    if (word === 'within') {
      draft.withinSeconds = bounded(scanner, { dimension: 'time', ...WITHIN }) / 1000
    } else if (word === 'at') {
      draft.path = text(scanner)
    } else {
      const said = text(scanner)
      let least = 1
      if (scanner.peekWord() === '>=') {
        scanner.word()
        least = count(scanner, { least: 1, most: 1_000_000_000_000 })
      }
      draft.flow = { query: said, least }
    }
  },
  printHead: ({ url, store, query: asked }) => `${url} ${store} ${inQuotes(asked)}`,
  printCondition: printCheck,
  printOptions: ({ path, withinSeconds, flow, headers }) => [
    ...(path === null ? [] : [`at ${path}`]),
    ...(withinSeconds === USUAL_SECONDS ? [] : [`within ${printMs(withinSeconds * 1000)}`]),
    ...(flow === null ? [] : [`flow ${inQuotes(flow.query)}${flow.least === 1 ? '' : ` >= ${flow.least}`}`]),
    ...printSentHeaders(headers),
  ],
  sent: ({ url, query: asked, flow, headers }) => [
    url,
    asked,
    ...(flow === null ? [] : [flow.query]),
    ...headers.map(({ value }) => value),
  ],
}
