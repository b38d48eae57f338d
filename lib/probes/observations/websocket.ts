import { z } from 'zod'
import { baseObservation, requestSchema, tlsFactsSchema } from './base.ts'

export const websocketObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('websocket'),
  request: requestSchema.nullable(),
  tls: tlsFactsSchema.nullable(),
  /** What became of the upgrade; null when there was no answer to it. */
  upgrade: z
    .strictObject({
      open: z.boolean(),
      status: z.int().nullable(),
      /** Why it is not open. */
      why: z.string().nullable(),
      subprotocol: z.string().nullable(),
    })
    .nullable(),
  /** Messages that came, shortened and redacted, at most ten. */
  messages: z.array(z.string()),
  /** For each text that a condition waits for: did it come? Null: something came that was too large to read. */
  finds: z.array(z.strictObject({ text: z.string(), found: z.boolean().nullable() })),
  /** How long they were waited for. */
  waitedMs: z.int().nullable(),
  /** The end of the connection after the probe said goodbye; `code` null: the server said nothing in time. */
  end: z.strictObject({ code: z.int().nullable(), reason: z.string() }).nullable(),
})
export type WebsocketObservation = z.infer<typeof websocketObservationSchema>
