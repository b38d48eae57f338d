import { z } from 'zod'
import { hasExpectation, NO_EXPECTATION, pushedFields, usualPushed } from '../base-probe.ts'
import { type CheckOf, checkSchema, number, printCheck, readCheck, word } from '../checks.ts'
import { text } from '../condition-grammar.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { inQuotes } from '../print-text.ts'

export const HEARTBEAT_FORMS = {
  /** Since the job ended, or the heartbeat came. */
  age: number('ms'),
  /** Of what the job made; unknown where it does not say. */
  size: number('B'),
  /** From its beginning to its end; unknown where it does not say both. */
  duration: number('ms'),
  status: word('ok'),
} as const
export type HeartbeatCheck = CheckOf<typeof HEARTBEAT_FORMS>

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/

/** A job's name stands in the address that it calls, so it is spelled with what every shell and address takes as it is. */
export function isHeartbeatName(name: string): boolean {
  return NAME.test(name)
}

/** The last heartbeat of a job that died a year ago is still its last one. */
const NO_AGE = {
  message: 'a heartbeat without "age" would count for ever: add expect age < 24h',
  path: ['conditions'],
}
const limitsAge = ({ conditions }: { conditions: readonly HeartbeatCheck[] }) =>
  conditions.some((check) => check.level === 'expect' && check.on === 'age' && check.op.startsWith('<'))

export const heartbeatProbeSchema = z
  .strictObject({
    ...pushedFields,
    kind: z.literal('heartbeat'),
    name: z.string().refine(isHeartbeatName),
    conditions: z.array(checkSchema(HEARTBEAT_FORMS)).min(1).max(PROBE_LIMITS.conditions),
  })
  .refine(hasExpectation, NO_EXPECTATION)
  .refine(limitsAge, NO_AGE)
export type HeartbeatProbe = z.infer<typeof heartbeatProbeSchema>

export const heartbeatGrammar: ProbeGrammar<HeartbeatProbe> = {
  schema: heartbeatProbeSchema,
  subjects: Object.keys(HEARTBEAT_FORMS),
  options: [],
  repeatable: [],
  example: 'age < 24h',
  head(scanner) {
    scanner.skipBlanks()
    const offset = scanner.offset
    const name = text(scanner)
    if (!isHeartbeatName(name))
      scanner.fail({
        offset,
        message: 'the name of a heartbeat is 1 to 64 letters, digits and . _ - between them',
        expected: ['"database-backup"'],
      })
    return { ...usualPushed(), kind: 'heartbeat', name, conditions: [] }
  },
  condition: (scanner, level) => readCheck(scanner, { level, forms: HEARTBEAT_FORMS }),
  option() {},
  printHead: ({ name }) => inQuotes(name),
  printCondition: printCheck,
  printOptions: () => [],
  sent: () => [],
}
