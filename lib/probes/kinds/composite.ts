import { z } from 'zod'
import { PROBE_KINDS } from '#lib/shared/codes.ts'
import { baseFields, connectionVariables, usualBase } from '../base-probe.ts'
import { choice, text } from '../condition-grammar.ts'
import { connectionOptionsOf, isOfConnection } from '../connection-options.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { count, PULLED_OPTIONS } from '../options.ts'
import { inQuotes } from '../print-text.ts'
import { printWith } from '../print-with.ts'
import { checkedDraft, readClauses } from '../read-clauses.ts'
import type { Scanner } from '../scanner.ts'
import { singleGrammarOf } from '../single-kinds.ts'
import { type SingleConfig, singleProbeSchema } from '../single-probe.ts'
import { isQuotable } from '../texts.ts'

export const COMPOSITE_LIMITS = { parts: { least: 2, most: 10 }, weight: 100, name: 60 } as const

/** Clauses that only the whole has: one deadline, one window, one shelf life, one answer. */
const OF_WHOLE = PULLED_OPTIONS.filter((option) => !isOfConnection(option))

const needSchema = z.discriminatedUnion('on', [
  z.strictObject({ level: z.literal('expect'), on: z.literal('all') }),
  z.strictObject({ level: z.literal('expect'), on: z.literal('any') }),
  z.strictObject({ level: z.literal('expect'), on: z.literal('parts'), least: z.int().min(1) }),
  z.strictObject({ level: z.literal('expect'), on: z.literal('weight'), least: z.int().min(1) }),
])
export type Need = z.infer<typeof needSchema>

const partSchema = z.strictObject({
  name: z.string().max(COMPOSITE_LIMITS.name).refine(isQuotable),
  /** 1 where nothing is weighed. */
  weight: z.int().min(1).max(COMPOSITE_LIMITS.weight),
  /** Failing, it decides against the whole. */
  veto: z.boolean(),
  probe: singleProbeSchema,
})
export type Part = z.infer<typeof partSchema>

const { authorities: _ca, client: _client, sni: _sni, ...fieldsOfWhole } = baseFields

/** What a part says that only the whole may say. */
function isPlain({ probe, timeoutMs }: { probe: SingleConfig; timeoutMs: number }): boolean {
  const { window, retries, everySeconds, shadow, ifSet } = probe
  const isSilent = [window, retries, everySeconds, shadow, ifSet].every((clause) => clause === undefined)
  return isSilent && probe.shelfSeconds === null && !probe.allowWarn && probe.timeoutMs === timeoutMs
}

/** Passes when the parts that pass are worth `least` together; each is worth its weight. */
export function leastOf({ conditions: [need], parts }: Pick<CompositeProbe, 'conditions' | 'parts'>): number {
  if (need?.on === 'any') return 1
  return need?.on === 'parts' || need?.on === 'weight' ? need.least : worthOf(parts)
}

export function worthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0)
}

const fields = z.strictObject({
  ...fieldsOfWhole,
  kind: z.literal('composite'),
  /** That of the first part, by which attempts are spread over hosts. */
  url: z.string(),
  parts: z
    .array(partSchema)
    .min(COMPOSITE_LIMITS.parts.least, 'a composite has at least two parts')
    .max(COMPOSITE_LIMITS.parts.most),
  conditions: z.array(needSchema).length(1),
})
export type CompositeProbe = z.infer<typeof fields>

export const compositeProbeSchema = fields
  .refine(({ url, parts }) => url === parts[0]?.probe.url, 'the address is that of the first part')
  .refine(
    ({ parts }) => new Set(parts.map(({ name }) => name)).size === parts.length,
    'two parts have one name',
  )
  .refine(
    ({ parts, timeoutMs }) => parts.every(({ probe }) => isPlain({ probe, timeoutMs })),
    'a part says something that only the whole may say',
  )
  .refine(
    ({ parts, conditions: [need] }) => need?.on === 'weight' || parts.every(({ weight }) => weight === 1),
    'weights count only with "need weight N"',
  )
  .refine((config) => leastOf(config) <= worthOf(config.parts), 'more is needed than all parts are worth')

export const compositeGrammar: ProbeGrammar<CompositeProbe> = {
  schema: compositeProbeSchema,
  subjects: [],
  options: ['part'],
  repeatable: ['part'],
  example: 'need all',
  isCommonFirst: true,
  head: (scanner) => ({
    ...usualBase(),
    kind: 'composite',
    url: '',
    conditions: [readNeed(scanner)],
    parts: [],
  }),
  condition: (scanner) =>
    scanner.fail({ message: 'what is expected stands in the parts', expected: ['part "NAME" http …'] }),
  option(scanner, _word, draft) {
    const part = readPart(scanner, draft)
    if (draft.parts.length === 0) draft.url = part.probe.url
    draft.parts.push(part)
  },
  printHead: ({ conditions: [need] }) => (need === undefined ? '' : printNeed(need)),
  printCondition: printNeed,
  printOptions: () => [],
  printClauses: ({ parts }) => parts.map(printPart),
  sent: ({ parts }) =>
    parts.flatMap(({ probe }) => [
      ...singleGrammarOf(probe.kind).sent(probe),
      ...connectionVariables(probe).map((name) => `$\{${name}}`),
    ]),
}

/** `need all`, `need any`, `need 2`, `need weight 3` */
function readNeed(scanner: Scanner): Need {
  choice(scanner, ['need'] as const, 'what the whole needs')
  const { most } = COMPOSITE_LIMITS.parts
  if (/^\d/.test(scanner.peekWord()))
    return { level: 'expect', on: 'parts', least: count(scanner, { least: 1, most }) }
  const on = choice(scanner, ['all', 'any', 'weight'] as const, 'how many parts are needed')
  if (on !== 'weight') return { level: 'expect', on }
  return { level: 'expect', on, least: count(scanner, { least: 1, most: most * COMPOSITE_LIMITS.weight }) }
}

export function printNeed(need: Need): string {
  if (need.on === 'parts') return `need ${need.least}`
  return need.on === 'weight' ? `need weight ${need.least}` : `need ${need.on}`
}

/** `"NAME" [weight N] [veto] KIND head { clause }` */
function readPart(scanner: Scanner, { parts, conditions: [need], timeoutMs }: CompositeProbe): Part {
  scanner.skipBlanks()
  const offset = scanner.offset
  const { parts: limits, weight: heaviest } = COMPOSITE_LIMITS
  if (parts.length >= limits.most)
    scanner.fail({ offset, message: `a composite has at most ${limits.most} parts`, expected: [] })
  const name = text(scanner)
  if (name.length > COMPOSITE_LIMITS.name)
    scanner.fail({ offset, message: `a name has at most ${COMPOSITE_LIMITS.name} characters`, expected: [] })
  if (parts.some((part) => part.name === name))
    scanner.fail({ offset, message: `there is a part "${name}" already`, expected: [] })
  const weighedAt = scanner.peekWord() === 'weight' ? scanner.offset : null
  const isWeighed = take(scanner, 'weight')
  if (weighedAt !== null && need?.on !== 'weight')
    scanner.fail({
      offset: weighedAt,
      message: 'weights count only with "need weight N"',
      expected: [...PROBE_KINDS],
      fix: 'leave out the weight',
    })
  const weight = isWeighed ? count(scanner, { least: 1, most: heaviest }) : 1
  const veto = take(scanner, 'veto')
  return { name, weight, veto, probe: readProbe(scanner, timeoutMs) }
}

function take(scanner: Scanner, word: string): boolean {
  if (scanner.peekWord() !== word) return false
  scanner.word()
  return true
}

function readProbe(scanner: Scanner, timeoutMs: number): SingleConfig {
  const written = scanner.peekWord()
  if (['composite', 'report', 'heartbeat'].includes(written))
    scanner.fail({ message: `a part looks by itself, so it is no ${written}`, expected: [...PROBE_KINDS] })
  const grammar = singleGrammarOf(choice(scanner, PROBE_KINDS, 'the kind of the part'))
  const draft = Object.assign(grammar.head(scanner), { timeoutMs })
  const common = connectionOptionsOf(draft)
  readClauses(scanner, { grammar, draft, common, within: { next: 'part', ofWhole: OF_WHOLE } })
  // The grammar of a kind makes configurations of that kind.
  return checkedDraft(scanner, { grammar, draft }) as SingleConfig
}

function printPart({ name, weight, veto, probe }: Part): string {
  const before = [inQuotes(name), ...(weight === 1 ? [] : [`weight ${weight}`]), ...(veto ? ['veto'] : [])]
  // The deadline is the whole's, and said there.
  const plain = { ...probe, timeoutMs: PROBE_LIMITS.timeoutMs.usual }
  return `part ${before.join(' ')} ${printWith(singleGrammarOf(probe.kind), plain)}`
}
