import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, named, number, printCheck, readCheck, TEXT } from '../checks.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printSentHeaders, readSentHeader } from '../options.ts'
import { readUrl } from '../read-address.ts'
import { isUrlTemplate } from '../texts.ts'

export const RULES_FORMS = {
  /** A group of this name is loaded. */
  group: TEXT,
  /** How many rules of all groups are loaded. */
  rules: number(null),
  /** The last evaluation of every rule went well. */
  'no-errors': FLAG,
  /** An alert of this name is loaded; what the comparison at the end of its query compares with. */
  alert: TEXT,
  threshold: named('any'),
  'not-firing': TEXT,
  /** How many alerts are firing. */
  firing: number(null),
  time: number('ms'),
} as const
export type RulesCheck = CheckOf<typeof RULES_FORMS>

export const rulesProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('rules'),
    url: z.string().refine(isUrlTemplate),
    headers: sentHeadersSchema,
    conditions: z.array(checkSchema(RULES_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type RulesProbe = z.infer<typeof rulesProbeSchema>

/** The alerts that conditions name. */
export function alertsOf({ conditions }: Pick<RulesProbe, 'conditions'>): string[] {
  return conditions.flatMap((check) => {
    if (check.on === 'alert' || check.on === 'not-firing') return [check.text]
    return check.on === 'threshold' ? [check.name] : []
  })
}

export const rulesGrammar: ProbeGrammar<RulesProbe> = {
  schema: rulesProbeSchema,
  subjects: Object.keys(RULES_FORMS),
  options: ['send'],
  repeatable: ['send'],
  example: 'no-errors',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'rules',
    url: readUrl(scanner),
    headers: [],
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: RULES_FORMS }),
  option: (scanner, _word, draft) => readSentHeader(scanner, draft.headers),
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers }) => printSentHeaders(headers),
  sent: ({ url, headers }) => [url, ...headers.map(({ value }) => value)],
}
