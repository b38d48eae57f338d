import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import {
  type CheckOf,
  checkSchema,
  FLAG,
  number,
  printCheck,
  rank,
  readCheck,
  TEXT,
  word,
} from '../checks.ts'
import { choice } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { readAddress } from '../read-address.ts'
import { isAddressTemplate } from '../texts.ts'

export const TLS_VERSIONS = ['1.0', '1.1', '1.2', '1.3'] as const
export type TlsVersion = (typeof TLS_VERSIONS)[number]
export const STARTTLS = ['smtp', 'postgres'] as const

export const KEY_TYPES = ['rsa', 'ec', 'ed25519', 'ed448'] as const
/** What a certificate's signature is made over, from the worst on. */
export const SIGNATURE_HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const

export const TLS_FORMS = {
  /** Whole days until the server's own certificate ends, and until the first of its verified chain does. */
  'days-left': number(null),
  'chain-days-left': number(null),
  trusted: FLAG,
  hostname: FLAG,
  /** What was agreed on when everything was offered. */
  version: number(null),
  /** A handshake that offers this version alone is refused, or accepted. */
  refuses: word(...TLS_VERSIONS),
  offers: word(...TLS_VERSIONS),
  /** The state of the certificate is sent along (OCSP); what it says is not read. */
  stapled: FLAG,
  'key-bits': number(null),
  'key-type': word(...KEY_TYPES),
  signature: rank(...SIGNATURE_HASHES),
  /** SHA-256 of the certificate; a pinned certificate need not be trusted. */
  fingerprint: TEXT,
} as const
export type TlsCheck = CheckOf<typeof TLS_FORMS>

export const TLS_SCHEMES = ['https', 'wss', 'rediss'] as const
const isTlsAddress = (text: string) => isAddressTemplate(text, { schemes: TLS_SCHEMES, bare: true })

export const tlsProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('tls'),
    url: z.string().refine(isTlsAddress),
    /** The words that are said in clear before the handshake. */
    starttls: z.enum(STARTTLS).nullable(),
    conditions: z.array(checkSchema(TLS_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type TlsProbe = z.infer<typeof tlsProbeSchema>

export const tlsGrammar: ProbeGrammar<TlsProbe> = {
  schema: tlsProbeSchema,
  subjects: Object.keys(TLS_FORMS),
  options: ['starttls'],
  repeatable: [],
  example: 'days-left >= 14',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'tls',
    url: readAddress(scanner, {
      isAddress: isTlsAddress,
      expected: ['an https address or host:port', '$' + '{BASE_URL}', 'https://…', 'app.example.com:443'],
    }),
    starttls: null,
    conditions: [],
  }),
  condition(scanner, level) {
    scanner.skipBlanks()
    const { offset } = scanner
    const check = readCheck(scanner, { level, forms: TLS_FORMS })
    // A version that does not exist would never hold, or always.
    const known = TLS_VERSIONS.map((version) => Number(version))
    if (check.on === 'version' && !known.includes(Number(check.value)))
      scanner.fail({
        offset,
        message: `there is no TLS ${check.value}`,
        expected: TLS_VERSIONS.map((version) => `version ${check.op} ${version}`),
        fix: `write version ${check.op} 1.2`,
      })
    return check
  },
  option(scanner, _word, draft) {
    draft.starttls = choice(scanner, STARTTLS, 'the protocol before TLS')
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ starttls }) => (starttls === null ? [] : [`starttls ${starttls}`]),
  sent: ({ url }) => [url],
}
