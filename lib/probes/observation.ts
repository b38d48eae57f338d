import { z } from 'zod'
import { deliveryObservationSchema } from './observations/delivery.ts'
import { httpObservationSchema } from './observations/http.ts'
import { metricsObservationSchema } from './observations/metrics.ts'
import { postgresObservationSchema } from './observations/postgres.ts'
import { promqlObservationSchema } from './observations/promql.ts'
import { redisObservationSchema } from './observations/redis.ts'
import { tlsObservationSchema } from './observations/tls.ts'
import { websocketObservationSchema } from './observations/websocket.ts'

/** What one look of any kind saw. */
export const lookSchema = z.discriminatedUnion('kind', [
  httpObservationSchema,
  tlsObservationSchema,
  promqlObservationSchema,
  metricsObservationSchema,
  websocketObservationSchema,
  redisObservationSchema,
  postgresObservationSchema,
  deliveryObservationSchema,
])
export type Look = z.infer<typeof lookSchema>

export const observationSchema = lookSchema
export type Observation = z.infer<typeof observationSchema>
export type ObservationOf<Kind extends Observation['kind']> = Extract<Observation, { kind: Kind }>
