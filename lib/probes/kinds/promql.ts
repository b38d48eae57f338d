import { z } from 'zod'
import { baseFields, hasExpectation, NO_EXPECTATION, sentHeadersSchema, usualBase } from '../base-probe.ts'
import type { Level } from '../checks.ts'
import { COMPARISONS } from '../condition.ts'
import { choice, quantity, text } from '../condition-grammar.ts'
import { isCanonicalDecimal } from '../decimals.ts'
import type { ProbeGrammar } from '../kind.ts'
import { PROBE_LIMITS } from '../limits.ts'
import { bounded, count, printSentHeaders, readSentHeader } from '../options.ts'
import { inQuotes, printMs, printQuantity } from '../print-text.ts'
import { type Dimension, dimensionOf, UNITS, type Unit } from '../quantities.ts'
import { readUrl } from '../read-address.ts'
import type { Scanner } from '../scanner.ts'
import { isQuotable, isUrlTemplate } from '../texts.ts'

/** Which of the series must hold: every one, at least one, the only one; or how many there are. */
export const SERIES_RULES = ['all', 'any', 'single', 'count'] as const

/** Prometheus' own base units: what a series measures unless `as` says otherwise. */
const BASE_UNIT: Readonly<Record<Dimension, Unit>> = { time: 's', ratio: 'ratio', bytes: 'B' }

const query = z.string().refine(isQuotable)
const conditionSchema = z
  .strictObject({
    level: z.enum(['expect', 'warn']),
    on: z.enum(SERIES_RULES),
    /** What the series measures. */
    as: z.enum(UNITS).nullable(),
    op: z.enum(COMPARISONS),
    value: z.string().max(40).refine(isCanonicalDecimal),
    unit: z.enum(UNITS).nullable(),
  })
  .refine(({ as, unit }) => dimensionOf(as) === dimensionOf(unit), 'both sides must measure the same thing')
  .refine(({ on, unit }) => on !== 'count' || unit === null, 'a count has no unit')
export type PromqlCondition = z.infer<typeof conditionSchema>

export const promqlProbeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('promql'),
    url: z.string().refine(isUrlTemplate),
    query,
    headers: sentHeadersSchema,
    conditions: z.array(conditionSchema).min(1).max(PROBE_LIMITS.conditions),
    /** With fewer than `least`, nothing is decided: a rate of no traffic says nothing. */
    minSamples: z.strictObject({ query, least: z.int().min(1) }).nullable(),
    /** The newest sample of `selector` may be at most so old. */
    fresh: z.strictObject({ selector: query, withinSeconds: z.int().min(1).max(86_400) }).nullable(),
  })
  .refine(hasExpectation, NO_EXPECTATION)
export type PromqlProbe = z.infer<typeof promqlProbeSchema>

export const promqlGrammar: ProbeGrammar<PromqlProbe> = {
  schema: promqlProbeSchema,
  subjects: SERIES_RULES,
  options: ['min-samples', 'fresh', 'send'],
  repeatable: ['send'],
  example: 'all < 0.1%',
  head(scanner) {
    const url = readUrl(scanner)
    if (!scanner.isAtQuote())
      scanner.fail({
        message: 'the query is missing; it stands in double quotes',
        expected: ['"sum(rate(errors_total[5m]))"'],
      })
    return {
      ...usualBase(),
      kind: 'promql',
      url,
      query: text(scanner),
      headers: [],
      conditions: [],
      minSamples: null,
      fresh: null,
    }
  },
  condition: seriesCondition,
  option(scanner, word, draft) {
    if (word === 'send') return readSentHeader(scanner, draft.headers)
    const said = text(scanner)
    if (word === 'fresh') {
      choice(scanner, ['within'] as const, 'how fresh')
      const limits = { least: 1000, most: 86_400_000, step: 1000, example: '2m' }
      const withinSeconds = bounded(scanner, { dimension: 'time', ...limits }) / 1000
      draft.fresh = { selector: said, withinSeconds }
    } else {
      choice(scanner, ['>='] as const, 'how many samples')
      draft.minSamples = { query: said, least: count(scanner, { least: 1, most: 1_000_000_000_000 }) }
    }
  },
  printHead: (config) => `${config.url} ${inQuotes(config.query)}`,
  printCondition: ({ on, as, op, value, unit }) =>
    `${on}${as === usualUnit(unit) ? '' : ` as ${as}`} ${op} ${printQuantity({ value, unit })}`,
  printOptions: ({ headers, minSamples, fresh }) => [
    ...(minSamples === null ? [] : [`min-samples ${inQuotes(minSamples.query)} >= ${minSamples.least}`]),
    ...(fresh === null
      ? []
      : [`fresh ${inQuotes(fresh.selector)} within ${printMs(fresh.withinSeconds * 1000)}`]),
    ...printSentHeaders(headers),
  ],
  sent: ({ url, query: main, headers, minSamples, fresh }) => [
    url,
    main,
    ...(minSamples === null ? [] : [minSamples.query]),
    ...(fresh === null ? [] : [fresh.selector]),
    ...headers.map(({ value }) => value),
  ],
}

function usualUnit(unit: Unit | null): Unit | null {
  const dimension = dimensionOf(unit)
  return dimension === null ? null : BASE_UNIT[dimension]
}

/** `[all|any|single] [as UNIT] < 0.1%`, `count >= 3`. */
function seriesCondition(scanner: Scanner, level: Level): PromqlCondition {
  const on = choice(scanner, SERIES_RULES, 'which series')
  let as: Unit | null = null
  if (scanner.peekWord() === 'as') {
    scanner.word()
    as = choice(scanner, UNITS, 'a unit')
  }
  const op = choice(scanner, COMPARISONS, 'a comparison')
  scanner.skipBlanks()
  const offset = scanner.offset
  const { value, unit } = quantity(scanner)
  const measured = as ?? usualUnit(unit)
  if (dimensionOf(measured) !== dimensionOf(unit))
    scanner.fail({
      offset,
      message: 'both sides must measure the same thing',
      expected: [`${on} as ms < 500ms`],
    })
  if (on === 'count' && unit !== null)
    scanner.fail({ offset, message: 'a count has no unit', expected: ['count >= 3'], fix: `write ${value}` })
  return { level, on, as: measured, op, value, unit }
}
