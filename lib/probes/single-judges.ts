import type { ProbeKind } from '#lib/shared/codes.ts'
import { judgeWith } from './judge-with.ts'
import type { ProbeJudge } from './judged.ts'
import type { Judgement } from './judgement.ts'
import { alertmanagerJudge } from './judges/alertmanager.ts'
import { cookiesJudge } from './judges/cookies.ts'
import { corsJudge } from './judges/cors.ts'
import { deliveryJudge } from './judges/delivery.ts'
import { dnsJudge } from './judges/dns.ts'
import { forgeJudge } from './judges/forge.ts'
import { grpcJudge } from './judges/grpc.ts'
import { headersJudge } from './judges/headers.ts'
import { httpJudge } from './judges/http.ts'
import { kubernetesJudge } from './judges/kubernetes.ts'
import { logsJudge } from './judges/logs.ts'
import { metricsJudge } from './judges/metrics.ts'
import { postgresJudge } from './judges/postgres.ts'
import { promqlJudge } from './judges/promql.ts'
import { redirectJudge } from './judges/redirect.ts'
import { redisJudge } from './judges/redis.ts'
import { rulesJudge } from './judges/rules.ts'
import { sseJudge } from './judges/sse.ts'
import { stepsJudge } from './judges/steps.ts'
import { tcpJudge } from './judges/tcp.ts'
import { tlsJudge } from './judges/tls.ts'
import { websocketJudge } from './judges/websocket.ts'
import type { SingleLook } from './single-look.ts'
import type { SingleConfig } from './single-probe.ts'

export const SINGLE_JUDGES = {
  http: httpJudge,
  tls: tlsJudge,
  promql: promqlJudge,
  tcp: tcpJudge,
  dns: dnsJudge,
  grpc: grpcJudge,
  logs: logsJudge,
  alertmanager: alertmanagerJudge,
  rules: rulesJudge,
  kubernetes: kubernetesJudge,
  forge: forgeJudge,
  metrics: metricsJudge,
  websocket: websocketJudge,
  redis: redisJudge,
  postgres: postgresJudge,
  delivery: deliveryJudge,
  steps: stepsJudge,
  headers: headersJudge,
  sse: sseJudge,
  cookies: cookiesJudge,
  redirect: redirectJudge,
  cors: corsJudge,
} as const satisfies Record<ProbeKind, ProbeJudge>

/** The verdict of one look of a kind that looks by itself. */
export function judgeSingle(config: SingleConfig, look: SingleLook): Judgement {
  return judgeWith(SINGLE_JUDGES[look.kind], config, look)
}
