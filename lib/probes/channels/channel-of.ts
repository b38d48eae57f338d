import type { PulledKind } from '#lib/probes/kinds.ts'
import { alertmanagerChannel } from './alertmanager.ts'
import type { Channel } from './channel.ts'
import { cookiesChannel } from './cookies.ts'
import { corsChannel } from './cors.ts'
import { deliveryChannel } from './delivery.ts'
import { dnsChannel } from './dns.ts'
import { forgeChannel } from './forge.ts'
import { grpcChannel } from './grpc.ts'
import { headersChannel } from './headers.ts'
import { httpChannel } from './http.ts'
import { kubernetesChannel } from './kubernetes.ts'
import { logsChannel } from './logs.ts'
import { metricsChannel } from './metrics.ts'
import { postgresChannel } from './postgres.ts'
import { promqlChannel } from './promql.ts'
import { redirectChannel } from './redirect.ts'
import { redisChannel } from './redis.ts'
import { rulesChannel } from './rules.ts'
import { sseChannel } from './sse.ts'
import { stepsChannel } from './steps.ts'
import { tcpChannel } from './tcp.ts'
import { tlsChannel } from './tls.ts'
import { websocketChannel } from './websocket.ts'

const CHANNELS: Readonly<Record<PulledKind, Channel>> = {
  http: httpChannel,
  tls: tlsChannel,
  promql: promqlChannel,
  tcp: tcpChannel,
  dns: dnsChannel,
  grpc: grpcChannel,
  logs: logsChannel,
  alertmanager: alertmanagerChannel,
  rules: rulesChannel,
  kubernetes: kubernetesChannel,
  forge: forgeChannel,
  metrics: metricsChannel,
  websocket: websocketChannel,
  redis: redisChannel,
  postgres: postgresChannel,
  delivery: deliveryChannel,
  steps: stepsChannel,
  headers: headersChannel,
  sse: sseChannel,
  cookies: cookiesChannel,
  redirect: redirectChannel,
  cors: corsChannel,
}

export function channelOf(kind: PulledKind): Channel {
  return CHANNELS[kind]
}
