import { z } from 'zod'
import { PROBE_LIMITS } from './limits.ts'
import { alertmanagerObservationSchema } from './observations/alertmanager.ts'
import { baseObservation } from './observations/base.ts'
import { cookiesObservationSchema } from './observations/cookies.ts'
import { deliveryObservationSchema } from './observations/delivery.ts'
import { dnsObservationSchema } from './observations/dns.ts'
import { forgeObservationSchema } from './observations/forge.ts'
import { grpcObservationSchema } from './observations/grpc.ts'
import { headersObservationSchema } from './observations/headers.ts'
import { heartbeatObservationSchema } from './observations/heartbeat.ts'
import { httpObservationSchema } from './observations/http.ts'
import { kubernetesObservationSchema } from './observations/kubernetes.ts'
import { logsObservationSchema } from './observations/logs.ts'
import { metricsObservationSchema } from './observations/metrics.ts'
import { postgresObservationSchema } from './observations/postgres.ts'
import { promqlObservationSchema } from './observations/promql.ts'
import { redirectObservationSchema } from './observations/redirect.ts'
import { redisObservationSchema } from './observations/redis.ts'
import { reportObservationSchema } from './observations/report.ts'
import { rulesObservationSchema } from './observations/rules.ts'
import { sseObservationSchema } from './observations/sse.ts'
import { stepsObservationSchema } from './observations/steps.ts'
import { tcpObservationSchema } from './observations/tcp.ts'
import { tlsObservationSchema } from './observations/tls.ts'
import { websocketObservationSchema } from './observations/websocket.ts'

/** What one look of any kind saw. */
export const lookSchema = z.discriminatedUnion('kind', [
  httpObservationSchema,
  tlsObservationSchema,
  promqlObservationSchema,
  tcpObservationSchema,
  dnsObservationSchema,
  grpcObservationSchema,
  logsObservationSchema,
  alertmanagerObservationSchema,
  rulesObservationSchema,
  kubernetesObservationSchema,
  forgeObservationSchema,
  metricsObservationSchema,
  websocketObservationSchema,
  redisObservationSchema,
  postgresObservationSchema,
  deliveryObservationSchema,
  reportObservationSchema,
  stepsObservationSchema,
  heartbeatObservationSchema,
  headersObservationSchema,
  sseObservationSchema,
  cookiesObservationSchema,
  redirectObservationSchema,
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
