import { z } from 'zod'
import {
  baseFields,
  hasExpectation,
  hostSchema,
  NO_EXPECTATION,
  sentHeadersSchema,
  usualBase,
} from './base-probe.ts'
import { checkSchema, type Forms, printCheck, readCheck } from './checks.ts'
import type { ProbeGrammar } from './kind.ts'
import { PROBE_LIMITS } from './limits.ts'
import { printHost, printSentHeaders, readSentHeader } from './options.ts'
import { readHost, readUrl } from './read-address.ts'
import { isUrlTemplate } from './texts.ts'

/** The configuration of a kind that asks one address with headers and wants to know what `forms` can say of the answer. */
export function addressSchema<const Kind extends string, F extends Forms>(kind: Kind, forms: F) {
  return z
    .strictObject({
      ...baseFields,
      kind: z.literal(kind),
      url: z.string().refine(isUrlTemplate),
      headers: sentHeadersSchema,
      host: hostSchema.optional(),
      conditions: z.array(checkSchema(forms)).min(1).max(PROBE_LIMITS.conditions),
    })
    .refine(hasExpectation, NO_EXPECTATION)
}
type AddressProbe<Kind extends string, F extends Forms> = z.infer<ReturnType<typeof addressSchema<Kind, F>>>

/** `KIND URL { send NAME: VALUE | host NAME | conditions of forms }` */
export function addressGrammar<const Kind extends string, F extends Forms>({
  kind,
  forms,
  schema,
  example,
}: {
  kind: Kind
  forms: F
  schema: z.ZodType<AddressProbe<Kind, F>>
  example: string
}): ProbeGrammar<AddressProbe<Kind, F>> {
  return {
    schema,
    example,
    subjects: Object.keys(forms),
    options: ['send', 'host'],
    repeatable: ['send'],
    head: (scanner) => ({ ...usualBase(), kind, url: readUrl(scanner), headers: [], conditions: [] }),
    condition: (scanner, level) => readCheck(scanner, { level, forms }),
    option(scanner, word, draft) {
      if (word === 'send') readSentHeader(scanner, draft.headers)
      else draft.host = readHost(scanner)
    },
    printHead: ({ url }) => url,
    printCondition: printCheck,
    printOptions: ({ headers, host }) => [...printSentHeaders(headers), ...printHost(host)],
    sent: ({ url, headers, host = '' }) => [url, ...headers.map(({ value }) => value), host],
  }
}
