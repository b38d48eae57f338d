import type { Look } from './observation.ts'
import type { Shown, ShownFact } from './shown-fact.ts'
import { ofPostgres, ofPromql, ofRedis } from './shown-servers.ts'
import { ofDelivery, ofHttp, ofMetrics, ofTls, ofWebsocket } from './shown-web.ts'

const PHASES = ['resolve', 'connect', 'tls', 'wait', 'transfer', 'total'] as const

/** What an observation of any kind saw, in the order in which it was found. */
export function shown(seen: Look): Shown {
  const { connection, phases } = seen
  const kind = ofKind(seen)
  const address: ShownFact[] = connection
    ? [
        {
          term: 'Address',
          text: `${connection.host}:${connection.port}, ${connection.used ?? 'none reached'} of ${connection.addresses.join(', ') || 'none'}${connection.allowedBy ? `, allowed by ${connection.allowedBy}` : ''}`,
        },
      ]
    : []
  const timings = PHASES.flatMap((phase) => (phases[phase] === null ? [] : [`${phase} ${phases[phase]} ms`]))
  return {
    facts: [...address, ...kind.facts, { term: 'Timings', text: timings.join(' · ') || 'none' }],
    blocks: kind.blocks,
  }
}

function ofKind(seen: Look): Shown {
  switch (seen.kind) {
    case 'http':
      return ofHttp(seen)
    case 'tls':
      return ofTls(seen)
    case 'metrics':
      return ofMetrics(seen)
    case 'websocket':
      return ofWebsocket(seen)
    case 'redis':
      return ofRedis(seen)
    case 'postgres':
      return ofPostgres(seen)
    case 'delivery':
      return ofDelivery(seen)
    case 'promql':
      return ofPromql(seen)
  }
}
