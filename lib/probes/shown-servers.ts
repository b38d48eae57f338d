import type { PostgresObservation } from './observations/postgres.ts'
import type { PromqlObservation } from './observations/promql.ts'
import type { RedisObservation } from './observations/redis.ts'
import { readable, type Shown, type ShownFact, tlsText } from './shown-fact.ts'

export function ofPromql({
  request,
  query,
  status,
  result,
  evaluatedAt,
  samples,
  newest,
  ...said
}: PromqlObservation): Shown {
  const facts: ShownFact[] = [
    ...(query === null ? [] : [{ term: 'Query', text: query }]),
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(status === null
      ? []
      : [{ term: 'Answer', text: `${status}, evaluated at ${readable(evaluatedAt)}` }]),
    ...(result ? [{ term: 'Result', text: `${result.type} of ${result.total} series` }] : []),
    ...(samples ? [{ term: 'Samples behind it', text: samples.value ?? 'not one number' }] : []),
    ...(newest
      ? [{ term: 'Newest sample', text: newest.age === null ? 'none' : `${newest.age} s old` }]
      : []),
    ...said.warnings.map((text) => ({ term: 'Warning', text })),
    ...said.infos.map((text) => ({ term: 'Note', text })),
  ]
  const lines = result?.series.map(({ labels, value }) => `${labels} ${value}`.trim()) ?? []
  const summary = `Values (${lines.length} of ${result?.total ?? 0})`
  return { facts, blocks: lines.length > 0 ? [{ summary, label: 'Values', code: lines.join('\n') }] : [] }
}

export function ofRedis({ address, tls, commands, ping, stats, sample }: RedisObservation): Shown {
  const facts: ShownFact[] = [
    ...(address === null
      ? []
      : [{ term: 'Server', text: `${address}${stats?.version ? `, ${stats.version}` : ''}` }]),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    { term: 'Commands', text: commands.join(', ') || 'none' },
    ...(ping === null ? [] : [{ term: 'PING', text: ping }]),
    ...(sample
      ? [{ term: 'Keys looked at', text: `${sample.keys}, of which ${sample.expiring} expire` }]
      : []),
  ]
  const lines = Object.entries(stats ?? {}).map(([name, value]) => `${inInfo(name)}: ${value ?? 'not known'}`)
  return { facts, blocks: stats ? [{ summary: 'From INFO', label: 'INFO', code: lines.join('\n') }] : [] }
}

const INFO_NAMES: Readonly<Record<string, string>> = {
  version: 'redis_version',
  hits: 'keyspace_hits',
  misses: 'keyspace_misses',
  clients: 'connected_clients',
  maxMemory: 'maxmemory',
}

/** A name as INFO itself writes it, so that a reader finds it there. */
function inInfo(name: string): string {
  return INFO_NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export function ofPostgres({
  address,
  tls,
  refusal,
  server,
  selected,
  measures,
  settings,
  migrations = [],
  extensions,
}: PostgresObservation): Shown {
  const facts: ShownFact[] = [
    ...(address === null
      ? []
      : [
          {
            term: 'Server',
            text: `${address}${server ? `, version ${server.version}, ${server.role}` : ''}`,
          },
        ]),
    { term: 'Encryption', text: tls ? tlsText(tls) : 'none' },
    ...(refusal ? [{ term: 'Refusal', text: `${refusal.message} (${refusal.code})` }] : []),
    ...(selected === null ? [] : [{ term: 'SELECT 1', text: selected ? 'answers' : 'gives something else' }]),
    ...measures.map(({ on, value, whole, why }) => ({
      term: on,
      text:
        value === null
          ? `not known: ${why ?? 'no value'}`
          : `${value}${whole === null ? ' ms' : ` of ${whole}`}`,
    })),
    ...settings.map(({ name, value }) => ({ term: name, text: value ?? 'not known' })),
    ...migrations.map(({ name, table, applied }) => ({
      term: name,
      text: `${applied === null ? 'not known' : applied ? 'applied' : 'not applied'}${table === null ? ', no known table' : `, ${table}`}`,
    })),
    ...extensions.map(({ name, version }) => ({ term: name, text: version ?? 'not installed' })),
  ]
  return { facts, blocks: [] }
}
