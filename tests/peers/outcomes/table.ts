import type { Kind } from '#lib/probes/kinds.ts'
import { composite } from './joined.ts'
import { alertmanagerOutcomes, forge, kubernetes, logs, promql, rules } from './measuring.ts'
import { cookies, cors, delivery, headers, http, metrics, redirect, steps } from './pages.ts'
import { heartbeat, report } from './pushed.ts'
import type { KindOutcomes } from './scene.ts'
import { sse, websocket } from './streams.ts'
import { dns, grpc, postgres, redis, tcp, tlsOutcomes } from './wire.ts'

/** Every kind with every outcome that it can have, each from a server that stands: a kind without its row does not compile. */
export const OUTCOME_TABLE: Readonly<Record<Kind, KindOutcomes>> = {
  http,
  steps,
  headers,
  cookies,
  cors,
  delivery,
  redirect,
  metrics,
  sse,
  websocket,
  tls: tlsOutcomes,
  tcp,
  dns,
  grpc,
  redis,
  postgres,
  promql,
  rules,
  alertmanager: alertmanagerOutcomes,
  logs,
  kubernetes,
  forge,
  composite,
  report,
  heartbeat,
}
