import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck } from '../checks.ts'
import { text } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printSentHeaders, readSentHeader } from '../options.ts'
import { inQuotes } from '../print-text.ts'
import { readAddress } from '../read-address.ts'
import { readVariable } from '../read-variable.ts'
import { isAddressTemplate, isQuotable, isVariableName } from '../texts.ts'

export const GRPC_FORMS = {
  serving: FLAG,
  time: number('ms'),
} as const
export type GrpcCheck = CheckOf<typeof GRPC_FORMS>

/** `http` and `https` are read as `grpc` and `grpcs`. */
export const GRPC_SCHEMES = ['grpc', 'grpcs', 'http', 'https'] as const
const isGrpcAddress = (said: string) => isAddressTemplate(said, { schemes: GRPC_SCHEMES })

export const grpcProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('grpc'),
    url: z.string().refine(isGrpcAddress),
    /** The variable that holds the authorities to trust. */
    ca: z.string().refine(isVariableName).nullable(),
    /** Null asks for the server as a whole. */
    service: z.string().refine(isQuotable).nullable(),
    headers: sentHeadersSchema,
    conditions: z.array(checkSchema(GRPC_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type GrpcProbe = z.infer<typeof grpcProbeSchema>

export const grpcGrammar: ProbeGrammar<GrpcProbe> = {
  schema: grpcProbeSchema,
  subjects: Object.keys(GRPC_FORMS),
  options: ['service', 'send'],
  repeatable: ['send'],
  example: 'serving',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'grpc',
    url: readAddress(scanner, {
      isAddress: isGrpcAddress,
      expected: ['a grpc or grpcs address', '$' + '{GRPC_URL}', 'grpcs://api.example.com:443'],
    }),
    ca: readVariable(scanner, { word: 'ca', example: 'GRPC_CA' }),
    service: null,
    headers: [],
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: GRPC_FORMS }),
  option(scanner, word, draft) {
    if (word === 'send') readSentHeader(scanner, draft.headers)
    else draft.service = text(scanner)
  },
  printHead: ({ url, ca }) => (ca === null ? url : `${url} ca $\{${ca}}`),
  printCondition: printCheck,
  printOptions: ({ service, headers }) => [
    ...(service === null ? [] : [`service ${inQuotes(service)}`]),
    ...printSentHeaders(headers),
  ],
  sent: ({ url, ca, service, headers }) => [
    url,
    ...(ca === null ? [] : [`$\{${ca}}`]),
    ...(service === null ? [] : [service]),
    ...headers.map(({ value }) => value),
  ],
}
