import { PROBE_KINDS, type ProbeKind } from '#lib/shared/codes.ts'
import type { ProbeGrammar } from './kind.ts'
import { alertmanagerGrammar } from './kinds/alertmanager.ts'
import { cookiesGrammar } from './kinds/cookies.ts'
import { deliveryGrammar } from './kinds/delivery.ts'
import { dnsGrammar } from './kinds/dns.ts'
import { forgeGrammar } from './kinds/forge.ts'
import { grpcGrammar } from './kinds/grpc.ts'
import { headersGrammar } from './kinds/headers.ts'
import { heartbeatGrammar } from './kinds/heartbeat.ts'
import { httpGrammar } from './kinds/http.ts'
import { kubernetesGrammar } from './kinds/kubernetes.ts'
import { logsGrammar } from './kinds/logs.ts'
import { metricsGrammar } from './kinds/metrics.ts'
import { postgresGrammar } from './kinds/postgres.ts'
import { promqlGrammar } from './kinds/promql.ts'
import { redirectGrammar } from './kinds/redirect.ts'
import { redisGrammar } from './kinds/redis.ts'
import { reportGrammar } from './kinds/report.ts'
import { rulesGrammar } from './kinds/rules.ts'
import { sseGrammar } from './kinds/sse.ts'
import { stepsGrammar } from './kinds/steps.ts'
import { tcpGrammar } from './kinds/tcp.ts'
import { tlsGrammar } from './kinds/tls.ts'
import { websocketGrammar } from './kinds/websocket.ts'

/** Whoever has a probe of these looks, through a channel. */
const PULLED = {
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
} as const satisfies Record<ProbeKind, ProbeGrammar>

/** Nobody asks for these: they are pushed by whoever has them, so they have no channel, no deadline and no window. */
const PUSHED = { report: reportGrammar, heartbeat: heartbeatGrammar } as const
const PUSHED_KINDS = ['report', 'heartbeat'] as const satisfies readonly PushedKind[]

const GRAMMARS = { ...PULLED, ...PUSHED } as const

export type PulledKind = keyof typeof PULLED
export type PushedKind = keyof typeof PUSHED
export type Kind = PulledKind | PushedKind
/** Kinds that look; an allow-list entry may be for some of them alone. */
export const PULLED_KINDS = PROBE_KINDS
export const KINDS = [...PULLED_KINDS, ...PUSHED_KINDS] as const

export function isPushed(kind: Kind): kind is PushedKind {
  return PUSHED_KINDS.some((pushed) => pushed === kind)
}
/** The grammar of a kind, for configurations that are known to be of it. */
export function grammarOf(kind: Kind): ProbeGrammar {
  return GRAMMARS[kind]
}
