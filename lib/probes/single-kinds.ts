import type { ProbeKind } from '#lib/shared/codes.ts'
import type { ProbeGrammar } from './kind.ts'
import { alertmanagerGrammar } from './kinds/alertmanager.ts'
import { cookiesGrammar } from './kinds/cookies.ts'
import { corsGrammar } from './kinds/cors.ts'
import { deliveryGrammar } from './kinds/delivery.ts'
import { dnsGrammar } from './kinds/dns.ts'
import { forgeGrammar } from './kinds/forge.ts'
import { grpcGrammar } from './kinds/grpc.ts'
import { headersGrammar } from './kinds/headers.ts'
import { httpGrammar } from './kinds/http.ts'
import { kubernetesGrammar } from './kinds/kubernetes.ts'
import { logsGrammar } from './kinds/logs.ts'
import { metricsGrammar } from './kinds/metrics.ts'
import { postgresGrammar } from './kinds/postgres.ts'
import { promqlGrammar } from './kinds/promql.ts'
import { redirectGrammar } from './kinds/redirect.ts'
import { redisGrammar } from './kinds/redis.ts'
import { rulesGrammar } from './kinds/rules.ts'
import { sseGrammar } from './kinds/sse.ts'
import { stepsGrammar } from './kinds/steps.ts'
import { tcpGrammar } from './kinds/tcp.ts'
import { tlsGrammar } from './kinds/tls.ts'
import { websocketGrammar } from './kinds/websocket.ts'

/** Whoever has a probe of these looks, through a channel. */
export const SINGLE = {
  http: httpGrammar,
  tls: tlsGrammar,
  promql: promqlGrammar,
  tcp: tcpGrammar,
  dns: dnsGrammar,
  grpc: grpcGrammar,
  logs: logsGrammar,
  alertmanager: alertmanagerGrammar,
  rules: rulesGrammar,
  kubernetes: kubernetesGrammar,
  forge: forgeGrammar,
  metrics: metricsGrammar,
  websocket: websocketGrammar,
  redis: redisGrammar,
  postgres: postgresGrammar,
  delivery: deliveryGrammar,
  steps: stepsGrammar,
  headers: headersGrammar,
  sse: sseGrammar,
  cookies: cookiesGrammar,
  redirect: redirectGrammar,
  cors: corsGrammar,
} as const satisfies Record<ProbeKind, ProbeGrammar>

/** The grammar of a kind, for configurations that are known to be of it. */
export function singleGrammarOf(kind: ProbeKind): ProbeGrammar {
  return SINGLE[kind]
}
