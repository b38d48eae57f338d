import { z } from 'zod'
import { askedSchema, baseObservation, tlsFactsSchema } from './base.ts'

/** How many rules and groups are kept: those that conditions name, that fail or that fire before others. */
export const RULES_KEPT = 100

export const requestsSchema = z.array(z.strictObject({ url: z.string(), status: z.int() }))

const ruleSchema = z.strictObject({
  group: z.string(),
  name: z.string(),
  is: z.enum(['alert', 'recording']),
  query: z.string(),
  health: z.string(),
  lastError: z.string().nullable(),
  /** Of an alert: inactive, pending, firing. */
  state: z.string().nullable(),
  /** Seconds since it was last evaluated, and between two evaluations, as decimal texts; null when not known. */
  age: z.string().nullable(),
  interval: z.string().nullable(),
})
export type SeenRule = z.infer<typeof ruleSchema>

export const rulesObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('rules'),
  /** Absent in older observations, and where nothing was asked. */
  asked: askedSchema.optional(),
  requests: requestsSchema,
  tls: tlsFactsSchema.nullable(),
  loaded: z
    .strictObject({
      groups: z.array(z.string()),
      rules: z.int(),
      alerts: z.int(),
      failing: z.int(),
      /** Rules whose health is neither ok nor err: not evaluated yet. */
      unclear: z.int(),
      /** Rules that were not evaluated for much longer than their interval. */
      late: z.int(),
      firing: z.int(),
      kept: z.array(ruleSchema).max(RULES_KEPT),
    })
    .nullable(),
})
export type RulesObservation = z.infer<typeof rulesObservationSchema>
