import { z } from 'zod'
import { singleLookSchema } from '../single-look.ts'
import { baseObservation } from './base.ts'

export const compositeObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('composite'),
  /** What each part saw, whole, under its name. */
  parts: z.array(z.strictObject({ name: z.string(), look: singleLookSchema })).max(10),
})
export type CompositeObservation = z.infer<typeof compositeObservationSchema>
