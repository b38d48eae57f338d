import { z } from 'zod'
import { baseObservation, tlsFactsSchema } from './base.ts'

/** What is measured by a listed query; `value` and `whole` are counts or milliseconds as decimal texts. */
export const MEASURES = [
  'connections-used',
  'longest-query',
  'longest-lock-wait',
  'longest-idle-transaction',
  'replication-lag',
  'cache-hit-rate',
  'index-use',
] as const
export type Measure = (typeof MEASURES)[number]

export const postgresObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('postgres'),
  /** Scheme, host, port and database, never user and password. */
  address: z.string().nullable(),
  tls: tlsFactsSchema.nullable(),
  /** The server's own refusal of the session, where that is a finding (too many connections, starting up). */
  refusal: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  server: z
    .strictObject({
      version: z.int(),
      role: z.enum(['primary', 'replica']),
      /** May this user see what other sessions do? Without it their numbers would read as zero. */
      readsStatistics: z.boolean(),
    })
    .nullable(),
  /** Did SELECT 1 answer 1? */
  selected: z.boolean().nullable(),
  measures: z.array(
    z.strictObject({
      on: z.enum(MEASURES),
      value: z.string().nullable(),
      whole: z.string().nullable(),
      /** Why there is no value. */
      why: z.string().nullable(),
    }),
  ),
  settings: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
  /** Left out where no migration is asked about. `table` null: none that is known; `applied` null: it could not be read. */
  migrations: z
    .array(
      z.strictObject({ name: z.string(), table: z.string().nullable(), applied: z.boolean().nullable() }),
    )
    .optional(),
  extensions: z.array(z.strictObject({ name: z.string(), version: z.string().nullable() })),
})
export type PostgresObservation = z.infer<typeof postgresObservationSchema>
