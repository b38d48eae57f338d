import { z } from 'zod'
import { baseObservation } from './base.ts'

export const HEARTBEAT_STATUSES = ['ok', 'failed'] as const

/** The last heartbeat of a job, as far as a verdict needs it. Times are ISO 8601 in UTC; what the job did not say is null. */
export const heartbeatSchema = z.strictObject({
  name: z.string(),
  receivedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  status: z.enum(HEARTBEAT_STATUSES).nullable(),
  /** Masked and cut. */
  message: z.string().nullable(),
  /** The name of the token. */
  pushedBy: z.string(),
})
export type Heartbeat = z.infer<typeof heartbeatSchema>

export const heartbeatObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('heartbeat'),
  beat: heartbeatSchema.nullable(),
})
export type HeartbeatObservation = z.infer<typeof heartbeatObservationSchema>
