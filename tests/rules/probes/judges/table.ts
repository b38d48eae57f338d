import type { Kind } from '#lib/probes/kinds.ts'
import { alertmanagerCases } from './alertmanager.ts'
import type { JudgeCases } from './case.ts'
import { compositeCases } from './composite.ts'
import { cookiesCases } from './cookies.ts'
import { corsCases } from './cors.ts'
import { deliveryCases } from './delivery.ts'
import { dnsCases } from './dns.ts'
import { forgeCases } from './forge.ts'
import { grpcCases } from './grpc.ts'
import { headersCases } from './headers.ts'
import { heartbeatCases } from './heartbeat.ts'
import { httpCases } from './http.ts'
import { kubernetesCases } from './kubernetes.ts'
import { logsCases } from './logs.ts'
import { metricsCases } from './metrics.ts'
import { postgresCases } from './postgres.ts'
import { promqlCases } from './promql.ts'
import { redirectCases } from './redirect.ts'
import { redisCases } from './redis.ts'
import { reportCases } from './report.ts'
import { rulesCases } from './rules.ts'
import { sseCases } from './sse.ts'
import { stepsCases } from './steps.ts'
import { tcpCases } from './tcp.ts'
import { tlsCases } from './tls.ts'
import { websocketCases } from './websocket.ts'

/** Judges by examples, enough of them that no change of a judge's logic goes unseen. The drill of mutated judges names what is missing. */
export const JUDGE_CASES: Readonly<Record<Kind, JudgeCases>> = {
  http: httpCases,
  tls: tlsCases,
  promql: promqlCases,
  metrics: metricsCases,
  websocket: websocketCases,
  redis: redisCases,
  postgres: postgresCases,
  delivery: deliveryCases,
  steps: stepsCases,
  kubernetes: kubernetesCases,
  forge: forgeCases,
  rules: rulesCases,
  alertmanager: alertmanagerCases,
  redirect: redirectCases,
  cookies: cookiesCases,
  cors: corsCases,
  composite: compositeCases,
  headers: headersCases,
  logs: logsCases,
  dns: dnsCases,
  grpc: grpcCases,
  tcp: tcpCases,
  sse: sseCases,
  report: reportCases,
  heartbeat: heartbeatCases,
}
