import { z } from 'zod'
import { baseObservation, tlsFactsSchema } from './base.ts'

/** How many reviewers and checks are kept; what is judged looks at those alone, and is unknown when there were more. */
export const FORGE_KEPT = 300

export const REVIEW_STATES = ['approved', 'changes_requested', 'dismissed'] as const
const reviewSchema = z.strictObject({
  by: z.string(),
  /** The last word of this person. */
  state: z.enum(REVIEW_STATES),
  /** Given to the last commit; null where the forge does not say. */
  atHead: z.boolean().nullable(),
  /** Why it does not count as an approval: it is the author's own, a program's, or of somebody outside the project. */
  discounted: z.enum(['author', 'bot', 'outsider']).nullable(),
})
export type ForgeReview = z.infer<typeof reviewSchema>

export const CHECK_STATES = ['success', 'failure', 'pending', 'neutral'] as const
const forgeCheckSchema = z.strictObject({
  name: z.string(),
  state: z.enum(CHECK_STATES),
  /** The forge's own word for it. */
  said: z.string(),
})
export type ForgeCheckRun = z.infer<typeof forgeCheckSchema>

const pullSchema = z.strictObject({
  number: z.int(),
  state: z.enum(['open', 'merged', 'closed']),
  draft: z.boolean(),
  author: z.string().nullable(),
  head: z.string(),
  /** Null: the forge has not computed it yet, or does not say. */
  mergeable: z.boolean().nullable(),
  /** The forge's own word for it. */
  mergeSaid: z.string().nullable(),
})
export type ForgePull = z.infer<typeof pullSchema>

export const forgeObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('forge'),
  forge: z.enum(['github', 'gitlab']),
  repository: z.string().nullable(),
  /** In full, as the forge has it. */
  commit: z.string().nullable(),
  tls: tlsFactsSchema.nullable(),
  requests: z.array(z.strictObject({ path: z.string(), status: z.int() })),
  /** How many pull or merge requests have the commit; null when it was not asked. */
  found: z.int().nullable(),
  /** The pull or merge request. */
  pull: pullSchema.nullable(),
  /** One a person; null when they were not asked for. */
  reviews: z.array(reviewSchema).max(FORGE_KEPT).nullable(),
  checks: z.array(forgeCheckSchema).max(FORGE_KEPT).nullable(),
  /** How many there were of each, kept or not. */
  totals: z.strictObject({ reviews: z.int(), checks: z.int() }),
})
export type ForgeObservation = z.infer<typeof forgeObservationSchema>
