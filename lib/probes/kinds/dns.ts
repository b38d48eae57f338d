import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck, TEXT, word } from '../checks.ts'
import { choice } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { isAddressTemplate } from '../texts.ts'

export const DNS_TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const
export type DnsType = (typeof DNS_TYPES)[number]
export const RCODES = ['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP'] as const

export const DNS_FORMS = {
  rcode: word(...RCODES),
  /** One of the answers is this; all of them are this and nothing else. */
  answer: TEXT,
  only: TEXT,
  answers: number(null),
  /** Of every answer. */
  ttl: number('ms'),
  authoritative: FLAG,
  /** All the servers that are named give the same answers. */
  agree: FLAG,
  time: number('ms'),
} as const
export type DnsCheck = CheckOf<typeof DNS_FORMS>

export const MOST_SERVERS = 10
/** A name, or one that is made from variables. */
const NAME = /^(?:[A-Za-z0-9_.*-]|\$\{[A-Z][A-Z0-9_]{0,63}\}){1,253}$/
const isServer = (text: string) => isAddressTemplate(text, { schemes: ['dns'], bare: true })

export const dnsProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('dns'),
    /** The name that is asked for. */
    url: z.string().regex(NAME),
    type: z.enum(DNS_TYPES),
    /** Host and perhaps port; none: the system's resolver. */
    servers: z.array(z.string().refine(isServer)).max(MOST_SERVERS),
    conditions: z.array(checkSchema(DNS_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
  .refine(
    ({ servers, conditions }) => servers.length >= 2 || conditions.every(({ on }) => on !== 'agree'),
    'servers can only agree when two of them are named',
  )
  .refine(
    ({ servers, conditions }) => servers.length > 0 || conditions.every(({ on }) => on !== 'authoritative'),
    'only a server that is named can be authoritative',
  )
export type DnsProbe = z.infer<typeof dnsProbeSchema>

export const dnsGrammar: ProbeGrammar<DnsProbe> = {
  schema: dnsProbeSchema,
  subjects: Object.keys(DNS_FORMS),
  options: ['server'],
  repeatable: ['server'],
  example: 'rcode NOERROR',
  head(scanner) {
    scanner.skipBlanks()
    const offset = scanner.offset
    const url = scanner.word()
    if (!NAME.test(url))
      scanner.fail({ offset, message: 'the name to ask for is missing', expected: ['app.example.com A'] })
    const type = choice(scanner, DNS_TYPES, 'the type of record')
    return { ...usualBase(), kind: 'dns', url, type, servers: [], conditions: [] }
  },
  condition: (scanner, level) => readCheck(scanner, { level, forms: DNS_FORMS }),
  option(scanner, _word, draft) {
    scanner.skipBlanks()
    const offset = scanner.offset
    const server = scanner.word()
    if (!isServer(server))
      scanner.fail({
        offset,
        message: 'the server is missing',
        expected: ['ns1.example.com', '192.0.2.53:53'],
      })
    if (draft.servers.length >= MOST_SERVERS)
      scanner.fail({ offset, message: `a probe asks at most ${MOST_SERVERS} servers`, expected: [] })
    draft.servers.push(server)
  },
  printHead: ({ url, type }) => `${url} ${type}`,
  printCondition: printCheck,
  printOptions: ({ servers }) => servers.map((server) => `server ${server}`),
  sent: ({ url, servers, conditions }) => [
    url,
    ...servers,
    ...conditions.flatMap((check) => ('text' in check ? [check.text] : [])),
  ],
}
