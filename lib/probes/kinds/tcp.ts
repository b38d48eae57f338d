import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, usualBase } from '../base-probe.ts'
import { type CheckOf, checkSchema, FLAG, number, printCheck, readCheck } from '../checks.ts'
import { pattern, text } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { isPattern } from '../pattern-syntax.ts'
import { inQuotes } from '../print-text.ts'
import { readAddress } from '../read-address.ts'
import { isAddressTemplate, isQuotable } from '../texts.ts'

export const TCP_FORMS = {
  /** The connection was made. */
  open: FLAG,
  /** Every step of the script came to its end. */
  script: FLAG,
  time: number('ms'),
} as const
export type TcpCheck = CheckOf<typeof TCP_FORMS>

export const MOST_STEPS = 20
/** `tls` begins with the handshake. */
export const TCP_SCHEMES = ['tcp', 'tls'] as const
const isTcpAddress = (said: string) => isAddressTemplate(said, { schemes: TCP_SCHEMES, bare: true })

const stepSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('read'), pattern: z.string().refine(isQuotable).refine(isPattern) }),
  z.strictObject({ do: z.literal('say'), text: z.string().refine(isQuotable) }),
  z.strictObject({ do: z.literal('starttls') }),
])
export type TcpStep = z.infer<typeof stepSchema>

export const tcpProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('tcp'),
    url: z.string().refine(isTcpAddress),
    script: z.array(stepSchema).max(MOST_STEPS),
    conditions: z.array(checkSchema(TCP_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
  .refine(
    ({ script, conditions }) => script.length > 0 || conditions.every(({ on }) => on !== 'script'),
    'the script is empty; add: read "^220 "',
  )
export type TcpProbe = z.infer<typeof tcpProbeSchema>

export const tcpGrammar: ProbeGrammar<TcpProbe> = {
  schema: tcpProbeSchema,
  subjects: Object.keys(TCP_FORMS),
  options: ['read', 'say', 'starttls'],
  repeatable: ['read', 'say', 'starttls'],
  example: 'open',
  head: (scanner) => ({
    ...usualBase(),
    kind: 'tcp',
    url: readAddress(scanner, {
      // Without a port there is nothing to connect to; a variable may bring its own.
      isAddress: (said) => isTcpAddress(said) && /\$\{|:\d+\/?$/.test(said),
      expected: [
        'host:port',
        '$' + '{MAIL_HOST}:25',
        'tcp://mail.example.com:25',
        'tls://mail.example.com:465',
      ],
    }),
    script: [],
    conditions: [],
  }),
  condition: (scanner, level) => readCheck(scanner, { level, forms: TCP_FORMS }),
  option(scanner, word, draft) {
    scanner.skipBlanks()
    const offset = scanner.offset
    if (draft.script.length >= MOST_STEPS)
      scanner.fail({ offset, message: `a script has at most ${MOST_STEPS} steps`, expected: [] })
    if (word === 'starttls') draft.script.push({ do: word })
    else if (word === 'say') draft.script.push({ do: word, text: text(scanner) })
    else draft.script.push({ do: 'read', pattern: pattern(scanner) })
  },
  printHead: ({ url }) => url,
  printCondition: printCheck,
  printOptions: ({ script }) => script.map(printStep),
  sent: ({ url, script }) => [url, ...script.flatMap((step) => (step.do === 'say' ? [step.text] : []))],
}

export function printStep(step: TcpStep): string {
  if (step.do === 'starttls') return 'starttls'
  return step.do === 'say' ? `say ${inQuotes(step.text)}` : `read ${inQuotes(step.pattern)}`
}
