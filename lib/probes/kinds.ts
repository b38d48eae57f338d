import type { ProbeKind } from '#lib/shared/codes.ts'
import type { ProbeGrammar } from './kind.ts'
import { deliveryGrammar } from './kinds/delivery.ts'
import { httpGrammar } from './kinds/http.ts'
import { metricsGrammar } from './kinds/metrics.ts'
import { postgresGrammar } from './kinds/postgres.ts'
import { promqlGrammar } from './kinds/promql.ts'
import { redisGrammar } from './kinds/redis.ts'
import { tlsGrammar } from './kinds/tls.ts'
import { websocketGrammar } from './kinds/websocket.ts'

const GRAMMARS = {
  http: httpGrammar,
  tls: tlsGrammar,
  promql: promqlGrammar,
  metrics: metricsGrammar,
  websocket: websocketGrammar,
  redis: redisGrammar,
  postgres: postgresGrammar,
  delivery: deliveryGrammar,
} as const satisfies Record<ProbeKind, ProbeGrammar>

export type Kind = keyof typeof GRAMMARS
export const KINDS = [
  'http',
  'tls',
  'promql',
  'metrics',
  'websocket',
  'redis',
  'postgres',
  'delivery',
] as const satisfies readonly Kind[]

/** The grammar of a kind, for configurations that are known to be of it. */
export function grammarOf(kind: Kind): ProbeGrammar {
  return GRAMMARS[kind]
}
