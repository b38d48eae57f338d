import { z } from 'zod'
import { baseObservation, tlsFactsSchema } from './base.ts'

export const redisObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('redis'),
  /** Scheme, host, port and database, never user and password. */
  address: z.string().nullable(),
  tls: tlsFactsSchema.nullable(),
  /** The commands that were sent, without their arguments. */
  commands: z.array(z.string()),
  /** The first word of the answer to PING: PONG, or of an error such as LOADING. */
  ping: z.string().nullable(),
  /** From INFO, as written; null where the server does not say or does not let us ask. */
  stats: z
    .strictObject({
      version: z.string().nullable(),
      role: z.string().nullable(),
      hits: z.string().nullable(),
      misses: z.string().nullable(),
      usedMemory: z.string().nullable(),
      maxMemory: z.string().nullable(),
      evictedKeys: z.string().nullable(),
      clients: z.string().nullable(),
    })
    .nullable(),
  /** Of some keys, whose names are not kept: how many, how many expire, the longest time left in seconds. */
  sample: z.strictObject({ keys: z.int(), expiring: z.int(), longestSeconds: z.int().nullable() }).nullable(),
})
export type RedisObservation = z.infer<typeof redisObservationSchema>
