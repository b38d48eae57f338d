import { z } from 'zod'
import { askedSchema, baseObservation, tlsFactsSchema } from './base.ts'
import { requestsSchema } from './rules.ts'

export const alertmanagerObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('alertmanager'),
  /** Absent in older observations, and where nothing was asked. */
  asked: askedSchema.optional(),
  requests: requestsSchema,
  tls: tlsFactsSchema.nullable(),
  status: z
    .strictObject({
      version: z.string(),
      cluster: z.string(),
      peers: z.int(),
      configured: z.boolean(),
      /** Did the last reload of the configuration go well? Null where the server's metrics do not say. */
      reloaded: z.boolean().nullable(),
    })
    .nullable(),
  receivers: z.array(z.string()).nullable(),
  /** For each text of matchers: how many alerts are active, and one of them. */
  alerts: z.array(z.strictObject({ matchers: z.string(), total: z.int(), such: z.string().nullable() })),
  /** Seconds since an alert that proves the way here was last sent; null: there is none. */
  watchdog: z.strictObject({ age: z.string().nullable() }).nullable(),
  silences: z.int().nullable(),
})
export type AlertmanagerObservation = z.infer<typeof alertmanagerObservationSchema>
