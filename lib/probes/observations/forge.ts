import { z } from 'zod'
import { askedSchema, baseObservation, tlsFactsSchema } from './base.ts'

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
  /** When it was given, and the page that shows it; absent where the forge does not say. */
  at: z.string().optional(),
  url: z.string().optional(),
})
export type ForgeReview = z.infer<typeof reviewSchema>

export const CHECK_STATES = ['success', 'failure', 'pending', 'neutral'] as const
const forgeCheckSchema = z.strictObject({
  name: z.string(),
  state: z.enum(CHECK_STATES),
  /** The forge's own word for it. */
  said: z.string(),
  /** The program that reported it; absent where the forge does not say. */
  app: z.strictObject({ id: z.int(), name: z.string() }).optional(),
  /** When it ended, or else began or was reported. */
  at: z.string().optional(),
  url: z.string().optional(),
  /** It ran for the last commit of the request, whose content is that of the commit. */
  ofHead: z.literal(true).optional(),
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
  /** The branch that it goes into. */
  into: z.string().optional(),
  /** The commits that it is merged as, or would be, as far as the forge says. */
  mergedAs: z.array(z.string()).optional(),
  url: z.string().optional(),
})
export type ForgePull = z.infer<typeof pullSchema>

const wantedSchema = z.strictObject({
  name: z.string(),
  /** The id of the one program that may report it; null: any. */
  app: z.int().nullable(),
  /** What requires it. */
  rule: z.string(),
})
export type WantedCheck = z.infer<typeof wantedSchema>

/** What could not be read, each with the reason: nothing is concluded from what is missing then. */
const unread = z.array(z.string())

const requiredChecksSchema = z.strictObject({
  /** Whose rules they are: a branch, or a project. */
  of: z.string(),
  unread,
  wanted: z.array(wantedSchema).max(FORGE_KEPT),
  /** The last report of each that is wanted, of each program. */
  reports: z.array(forgeCheckSchema).max(FORGE_KEPT),
  /** Is the content of the request's last commit that of the commit? Null: it is the same commit, or it was not asked. */
  headIsSame: z.boolean().nullable(),
})
export type RequiredChecks = z.infer<typeof requiredChecksSchema>

const requiredReviewsSchema = z.strictObject({
  of: z.string(),
  unread,
  /** How many approvals each wants, and whether the forge counts it as met; null: it does not say. */
  rules: z.array(z.strictObject({ name: z.string(), count: z.int(), met: z.boolean().nullable() })),
  /** Some of them have to be given by particular people, such as code owners. */
  owners: z.boolean(),
  /** One has to be given to the last commit, by somebody who did not push it. */
  lastPush: z.boolean(),
  /** Who wrote or committed the last commit, where that is asked; null: the forge does not say. */
  pushedBy: z.array(z.string()).nullable(),
})
export type RequiredReviews = z.infer<typeof requiredReviewsSchema>

export const forgeObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('forge'),
  /** Absent in older observations, and where nothing was asked. */
  asked: askedSchema.optional(),
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
  /** What has to be there before a merge; absent where it was not asked for. */
  required: z
    .strictObject({ checks: requiredChecksSchema.nullable(), reviews: requiredReviewsSchema.nullable() })
    .optional(),
})
export type ForgeObservation = z.infer<typeof forgeObservationSchema>
