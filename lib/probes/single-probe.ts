import { z } from 'zod'
import { httpProbeSchema } from './http-probe.ts'
import { alertmanagerProbeSchema } from './kinds/alertmanager.ts'
import { cookiesProbeSchema } from './kinds/cookies.ts'
import { corsProbeSchema } from './kinds/cors.ts'
import { deliveryProbeSchema } from './kinds/delivery.ts'
import { dnsProbeSchema } from './kinds/dns.ts'
import { forgeProbeSchema } from './kinds/forge.ts'
import { grpcProbeSchema } from './kinds/grpc.ts'
import { headersProbeSchema } from './kinds/headers.ts'
import { kubernetesProbeSchema } from './kinds/kubernetes.ts'
import { logsProbeSchema } from './kinds/logs.ts'
import { metricsProbeSchema } from './kinds/metrics.ts'
import { postgresProbeSchema } from './kinds/postgres.ts'
import { promqlProbeSchema } from './kinds/promql.ts'
import { redirectProbeSchema } from './kinds/redirect.ts'
import { redisProbeSchema } from './kinds/redis.ts'
import { rulesProbeSchema } from './kinds/rules.ts'
import { sseProbeSchema } from './kinds/sse.ts'
import { stepsProbeSchema } from './kinds/steps.ts'
import { tcpProbeSchema } from './kinds/tcp.ts'
import { tlsProbeSchema } from './kinds/tls.ts'
import { websocketProbeSchema } from './kinds/websocket.ts'

/** The configuration of one probe that looks by itself: all that a part of a composite may be. */
export const singleProbeSchema = z.discriminatedUnion('kind', [
  httpProbeSchema,
  tlsProbeSchema,
  promqlProbeSchema,
  tcpProbeSchema,
  dnsProbeSchema,
  grpcProbeSchema,
  logsProbeSchema,
  alertmanagerProbeSchema,
  rulesProbeSchema,
  kubernetesProbeSchema,
  forgeProbeSchema,
  metricsProbeSchema,
  websocketProbeSchema,
  redisProbeSchema,
  postgresProbeSchema,
  deliveryProbeSchema,
  stepsProbeSchema,
  headersProbeSchema,
  sseProbeSchema,
  cookiesProbeSchema,
  redirectProbeSchema,
  corsProbeSchema,
])
export type SingleConfig = z.infer<typeof singleProbeSchema>
