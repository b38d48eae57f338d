import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, named, number, printCheck, readCheck, TEXT } from '../checks.ts'
import { text } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printSentHeaders, readSentHeader } from '../options.ts'
import { inQuotes } from '../print-text.ts'
import { readUrl } from '../read-address.ts'
import { isQuotable, isUrlTemplate } from '../texts.ts'

export const ALERTMANAGER_FORMS = {
  /** A configuration is loaded, and its last reload went well. */
  loaded: FLAG,
  receiver: TEXT,
  /** How many alerts match, neither silenced nor inhibited. */
  active: named(null),
  /** How many silences are active. */
  silences: number(null),
  'cluster-ready': FLAG,
  peers: number(null),
  time: number('ms'),
} as const
export type AlertmanagerCheck = CheckOf<typeof ALERTMANAGER_FORMS>

export const alertmanagerProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('alertmanager'),
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema,
    /** Matchers of the alert that always fires: without it a lack of alerts says nothing. */
    watchdog: z.string().refine(isQuotable).nullable(),
    conditions: z.array(checkSchema(ALERTMANAGER_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type AlertmanagerProbe = z.infer<typeof alertmanagerProbeSchema>

export const alertmanagerGrammar: ProbeGrammar<AlertmanagerProbe> = {
  schema: alertmanagerProbeSchema,
  subjects: Object.keys(ALERTMANAGER_FORMS),
  options: ['watchdog', 'send'],
  repeatable: ['send'],
  example: 'loaded',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'alertmanager',
    url: readUrl(scanner),
    headers: [],
    watchdog: null,
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: ALERTMANAGER_FORMS }),
  option(scanner, word, draft) {
    if (word === 'send') readSentHeader(scanner, draft.headers)
    else draft.watchdog = text(scanner)
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers, watchdog }) => [
    ...(watchdog === null ? [] : [`watchdog ${inQuotes(watchdog)}`]),
    ...printSentHeaders(headers),
  ],
  sent: ({ url, headers, watchdog, conditions }) => [
    url,
    ...headers.map(({ value }) => value),
    ...(watchdog === null ? [] : [watchdog]),
    ...conditions.flatMap((check) => (check.on === 'active' ? [check.name] : [])),
  ],
}
