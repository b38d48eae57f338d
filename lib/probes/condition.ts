import { z } from 'zod'
import { isCanonicalDecimal } from './decimals.ts'
import { isPattern } from './pattern-syntax.ts'
import { dimensionOf, UNITS } from './quantities.ts'
import { isDirectiveName, isHeaderName, isJsonPath, isQuotable } from './texts.ts'

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof COMPARISONS)[number]
export const ORDERINGS = ['<', '<=', '>', '>='] as const
export const MATCHES = ['matches', 'not-matches'] as const
/** What an answer may say. */
export const HTTP_VERSIONS = ['1.0', '1.1', '2.0'] as const
export const AGE_UNITS = ['s', 'm', 'h', 'd'] as const

const level = z.enum(['expect', 'warn'])
const status = z.int().min(100).max(599)
const text = z.string().refine(isQuotable)
const header = z.string().refine(isHeaderName)
const decimal = z.string().max(40).refine(isCanonicalDecimal)
const unit = z.enum(UNITS)
const pattern = text.refine(isPattern, 'this is not an expression of RE2')

const jsonOperand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text }),
  z.strictObject({ type: z.literal('boolean'), boolean: z.boolean() }),
  z.strictObject({ type: z.literal('number'), value: decimal, unit: unit.nullable() }),
])
export type JsonOperand = z.infer<typeof jsonOperand>

/**
 * One condition. `level: 'expect'` decides pass or fail, `level: 'warn'` only flags. All are positive statements; a
 * negative one is written with the words made for it (`lacks`, `absent`, `!=`), never by inverting an unknown.
 */
export const conditionSchema = z.discriminatedUnion('on', [
  z.strictObject({ level, on: z.literal('status'), op: z.enum(COMPARISONS), value: status }),
  z.strictObject({ level, on: z.literal('status_in'), values: z.array(status).min(1).max(20) }),
  z.strictObject({
    level,
    on: z.literal('header'),
    name: header,
    op: z.enum(['==', '!=', 'contains', 'lacks']),
    value: text,
  }),
  z.strictObject({ level, on: z.literal('header_in'), name: header, values: z.array(text).min(1).max(20) }),
  z.strictObject({ level, on: z.literal('header_presence'), name: header, present: z.boolean() }),
  z.strictObject({
    level,
    on: z.literal('directive'),
    header,
    name: z.string().refine(isDirectiveName),
    op: z.enum(COMPARISONS),
    value: decimal,
  }),
  z.strictObject({ level, on: z.literal('body'), op: z.enum(['contains', 'lacks']), value: text }),
  z
    .strictObject({
      level,
      on: z.literal('json'),
      path: z.string().refine(isJsonPath),
      unit: unit.nullable(),
      op: z.enum(COMPARISONS),
      operand: jsonOperand,
    })
    .refine(
      ({ op, operand }) => operand.type === 'number' || op === '==' || op === '!=',
      'only numbers have an order',
    )
    .refine(
      ({ unit: declared, operand }) =>
        operand.type === 'number' ? dimensionOf(declared) === dimensionOf(operand.unit) : declared === null,
      'both sides must measure the same thing',
    ),
  z.strictObject({
    level,
    on: z.literal('time'),
    op: z.enum(ORDERINGS),
    value: decimal,
    unit: z.enum(['ms', 's']),
  }),
  z.strictObject({ level, on: z.literal('header_match'), name: header, op: z.enum(MATCHES), pattern }),
  z.strictObject({ level, on: z.literal('body_match'), op: z.enum(MATCHES), pattern }),
  z.strictObject({
    level,
    on: z.literal('http_version'),
    op: z.enum(COMPARISONS),
    value: z.enum(HTTP_VERSIONS),
  }),
  z.strictObject({ level, on: z.literal('tls'), used: z.boolean() }),
  z.strictObject({
    level,
    on: z.literal('final_url'),
    op: z.enum(['==', '!=', 'contains', 'lacks']),
    value: text,
  }),
  z.strictObject({
    level,
    on: z.literal('header_age'),
    name: header,
    op: z.enum(ORDERINGS),
    value: decimal,
    unit: z.enum(AGE_UNITS),
  }),
])
export type Condition = z.infer<typeof conditionSchema>
export type ConditionOf<On extends Condition['on']> = Extract<Condition, { on: On }>
