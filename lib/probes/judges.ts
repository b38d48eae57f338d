import type { ProbeJudge } from './judged.ts'
import { alertmanagerJudge } from './judges/alertmanager.ts'
import { cookiesJudge } from './judges/cookies.ts'
import { deliveryJudge } from './judges/delivery.ts'
import { dnsJudge } from './judges/dns.ts'
import { forgeJudge } from './judges/forge.ts'
import { grpcJudge } from './judges/grpc.ts'
import { headersJudge } from './judges/headers.ts'
import { heartbeatJudge } from './judges/heartbeat.ts'
import { httpJudge } from './judges/http.ts'
import { kubernetesJudge } from './judges/kubernetes.ts'
import { logsJudge } from './judges/logs.ts'
import { metricsJudge } from './judges/metrics.ts'
import { postgresJudge } from './judges/postgres.ts'
import { promqlJudge } from './judges/promql.ts'
import { redirectJudge } from './judges/redirect.ts'
import { redisJudge } from './judges/redis.ts'
import { reportJudge } from './judges/report.ts'
import { rulesJudge } from './judges/rules.ts'
import { sseJudge } from './judges/sse.ts'
import { stepsJudge } from './judges/steps.ts'
import { tcpJudge } from './judges/tcp.ts'
import { tlsJudge } from './judges/tls.ts'
import { websocketJudge } from './judges/websocket.ts'
import type { Look } from './observation.ts'

const JUDGES = {
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
  report: reportJudge,
  steps: stepsJudge,
  heartbeat: heartbeatJudge,
  headers: headersJudge,
  sse: sseJudge,
  cookies: cookiesJudge,
  redirect: redirectJudge,
} as const satisfies Record<Look['kind'], ProbeJudge>

export function judgeOf(kind: Look['kind']): ProbeJudge {
  return JUDGES[kind]
}
