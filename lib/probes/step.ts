import { z } from 'zod'
import { maxBytesSchema, sentHeadersSchema } from './base-probe.ts'
import { COMPARISONS, type Condition, conditionSchema } from './condition.ts'
import { isCanonicalDecimal } from './decimals.ts'
import { UNITS } from './quantities.ts'
import {
  isCaptureName,
  isHeaderName,
  isJsonPath,
  isQuotable,
  isUrlTemplate,
  withoutCaptured,
} from './texts.ts'

export const STEP_METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export const CAPTURE_SOURCES = ['json', 'header', 'cookie'] as const
export const JWT_TIMES = ['exp-iat', 'expires-in'] as const
export const STEP_LIMITS = {
  steps: 10,
  conditions: 40,
  captures: 10,
  fields: 20,
  waitMs: { least: 100, most: 25_000 },
} as const

const level = z.enum(['expect', 'warn'])
const captureName = z.string().refine(isCaptureName)
const filled = z.string().refine(isQuotable)

/** RFC 6265bis, 4.1.1: a token. */
export function isCookieName(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]{1,128}$/.test(text)
}

/** A path behind the probe's own address, or an address of its own. */
export function isStepAddress(text: string): boolean {
  return isUrlTemplate(withoutCaptured(text.startsWith('/') ? `http://host${text}` : text))
}

const capture = z
  .strictObject({ name: captureName, from: z.enum(CAPTURE_SOURCES), at: z.string() })
  .refine(({ from, at }) =>
    (from === 'json' ? isJsonPath : from === 'header' ? isHeaderName : isCookieName)(at),
  )
export type Capture = z.infer<typeof capture>

const body = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('text'), text: filled }),
  /** A JSON object of texts, or a form where the step sends that content type. */
  z.strictObject({
    as: z.literal('fields'),
    fields: z
      .array(z.strictObject({ name: z.string().refine(isFieldName), value: filled }))
      .min(1)
      .max(STEP_LIMITS.fields),
  }),
])

export function isFieldName(text: string): boolean {
  return /^[\w.[\]-]{1,64}$/.test(text)
}

export const stepSchema = z.strictObject({
  name: z.string().refine(isQuotable).nullable(),
  method: z.enum(STEP_METHODS),
  url: z.string().refine(isStepAddress),
  headers: sentHeadersSchema,
  body: body.nullable(),
  /** Sends no cookie of the attempt's jar; one that the step itself sends always goes alone. */
  withoutCookies: z.boolean(),
  /** How long is waited before it. */
  waitMs: z.int().min(0).max(STEP_LIMITS.waitMs.most),
  captures: z.array(capture).max(STEP_LIMITS.captures),
  maxBytes: maxBytesSchema,
})
export type Step = z.infer<typeof stepSchema>

/** Of a captured value that is a JSON Web Token; its signature is not checked. */
const jwtConditions = [
  z.strictObject({
    level,
    on: z.literal('jwt'),
    name: captureName,
    /** `exp` less `iat`, or less the time of the attempt. */
    time: z.enum(JWT_TIMES),
    op: z.enum(COMPARISONS),
    value: z.string().max(40).refine(isCanonicalDecimal),
    unit: z.enum(UNITS).extract(['ms', 's', 'm', 'h', 'd']),
  }),
  z.strictObject({
    level,
    on: z.literal('jwt_alg'),
    name: captureName,
    op: z.enum(['==', '!=']),
    value: filled,
  }),
] as const
export type JwtCondition = z.infer<(typeof jwtConditions)[number]>

export type StepCondition = (Condition | JwtCondition) & { step: number }
const step = z.int().min(1).max(STEP_LIMITS.steps)
const [first, ...rest] = [...conditionSchema.options, ...jwtConditions].map((option) =>
  option.safeExtend({ step }),
)
if (first === undefined) throw new TypeError('there are conditions')
/** The conditions of `http` and those of tokens, each with the number of its step, from 1. */
export const stepConditionSchema = z.discriminatedUnion('on', [
  first,
  ...rest,
]) as unknown as z.ZodType<StepCondition>
