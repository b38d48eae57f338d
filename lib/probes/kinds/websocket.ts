import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, TEXT, word } from '../checks.ts'
import { text } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { printSentHeaders, readSentHeader } from '../options.ts'
import { quote } from '../print-text.ts'
import { readAddress } from '../read-address.ts'
import { isAddressTemplate, isQuotable } from '../texts.ts'

export const WEBSOCKET_FORMS = {
  /** The server upgrades, with the right accept key. */
  open: FLAG,
  /** The server chooses this one, which is offered. */
  subprotocol: TEXT,
  /** A message with this text arrives. */
  receive: TEXT,
  /** The server answers the closing handshake with 1000. */
  close: word('clean'),
  time: number('ms'),
} as const
export type WebsocketCheck = CheckOf<typeof WEBSOCKET_FORMS>

const SCHEMES = ['https', 'http', 'wss', 'ws'] as const
const isWebsocketAddress = (address: string) => isAddressTemplate(address, { schemes: SCHEMES })
/** RFC 6455, 4.1: a token. */
const isToken = (name: string) => /^[\w!#$%&'*+.^`|~-]{1,128}$/.test(name)

export const websocketProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('websocket'),
    url: z.string().refine(isWebsocketAddress),
    headers: sentHeadersSchema.refine(
      (headers) => headers.every(({ name }) => !name.startsWith('sec-websocket-')),
      'sec-websocket headers are set by the probe itself',
    ),
    /** Said when the connection is open, in order. */
    messages: z.array(z.string().refine(isQuotable)).max(10),
    conditions: z
      .array(checkSchema(WEBSOCKET_FORMS))
      .min(1)
      .max(PROBE_LIMITS.conditions)
      .refine(
        (all) => all.every((check) => check.on !== 'subprotocol' || isToken(check.text)),
        'a subprotocol is one word',
      ),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type WebsocketProbe = z.infer<typeof websocketProbeSchema>

export const websocketGrammar: ProbeGrammar<WebsocketProbe> = {
  schema: websocketProbeSchema,
  subjects: Object.keys(WEBSOCKET_FORMS),
  options: ['say', 'send'],
  repeatable: ['say', 'send'],
  example: 'open',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'websocket',
    url: readAddress(scanner, {
      isAddress: isWebsocketAddress,
      expected: ['a ws, wss, http or https address', '$' + '{BASE_URL}/ws', 'wss://…'],
    }),
    headers: [],
    messages: [],
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: WEBSOCKET_FORMS }),
  option(scanner, clause, draft) {
    if (clause === 'send') return readSentHeader(scanner, draft.headers)
    if (draft.messages.length >= 10) scanner.fail({ message: 'at most 10 messages are said', expected: [] })
    draft.messages.push(text(scanner))
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ headers, messages }) => [
    ...messages.map((message) => `say ${quote(message)}`),
    ...printSentHeaders(headers),
  ],
  sent: ({ url, messages, headers }) => [url, ...messages, ...headers.map(({ value }) => value)],
}
