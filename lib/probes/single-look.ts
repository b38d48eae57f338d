import { z } from 'zod'
import { alertmanagerObservationSchema } from './observations/alertmanager.ts'
import { cookiesObservationSchema } from './observations/cookies.ts'
import { corsObservationSchema } from './observations/cors.ts'
import { deliveryObservationSchema } from './observations/delivery.ts'
import { dnsObservationSchema } from './observations/dns.ts'
import { forgeObservationSchema } from './observations/forge.ts'
import { grpcObservationSchema } from './observations/grpc.ts'
import { headersObservationSchema } from './observations/headers.ts'
import { httpObservationSchema } from './observations/http.ts'
import { kubernetesObservationSchema } from './observations/kubernetes.ts'
import { logsObservationSchema } from './observations/logs.ts'
import { metricsObservationSchema } from './observations/metrics.ts'
import { postgresObservationSchema } from './observations/postgres.ts'
import { promqlObservationSchema } from './observations/promql.ts'
import { redirectObservationSchema } from './observations/redirect.ts'
import { redisObservationSchema } from './observations/redis.ts'
import { rulesObservationSchema } from './observations/rules.ts'
import { sseObservationSchema } from './observations/sse.ts'
import { stepsObservationSchema } from './observations/steps.ts'
import { tcpObservationSchema } from './observations/tcp.ts'
import { tlsObservationSchema } from './observations/tls.ts'
import { websocketObservationSchema } from './observations/websocket.ts'

/** What one look of a kind that looks by itself saw. */
export const singleLookSchema = z.discriminatedUnion('kind', [
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
  stepsObservationSchema,
  headersObservationSchema,
  sseObservationSchema,
  cookiesObservationSchema,
  redirectObservationSchema,
  corsObservationSchema,
])
export type SingleLook = z.infer<typeof singleLookSchema>
