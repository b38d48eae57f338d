import { z } from 'zod'
import { PROBE_LIMITS } from './limits.ts'
import { baseObservation } from './observations/base.ts'
import { compositeObservationSchema } from './observations/composite.ts'
import { heartbeatObservationSchema } from './observations/heartbeat.ts'
import { reportObservationSchema } from './observations/report.ts'
import { singleLookSchema } from './single-look.ts'

/** What one look of any kind saw. */
export const lookSchema = z.discriminatedUnion('kind', [
  singleLookSchema,
  compositeObservationSchema,
  reportObservationSchema,
  heartbeatObservationSchema,
])
export type Look = z.infer<typeof lookSchema>

/** What a window of several looks saw, in order. What every observation has is that of the last look. */
export const windowObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('window'),
  samples: z.array(lookSchema).min(1).max(PROBE_LIMITS.window.samples),
})
export type WindowObservation = z.infer<typeof windowObservationSchema>

export const observationSchema = z.union([lookSchema, windowObservationSchema])
export type Observation = z.infer<typeof observationSchema>
