import type { Look } from './observation.ts'
import type { ObservedTls } from './observations/base.ts'
import type { HttpObservation } from './observations/http.ts'
import type { MetricsObservation } from './observations/metrics.ts'
import type { PostgresObservation } from './observations/postgres.ts'
import type { PromqlObservation } from './observations/promql.ts'
import type { RedisObservation } from './observations/redis.ts'
import type { TlsObservation } from './observations/tls.ts'
import type { WebsocketObservation } from './observations/websocket.ts'

/** One fact of an observation for a person who wants to know why; a digest is shown shortened, with a button to copy it. */
export type ShownFact = { term: string; text: string; is?: 'digest' }
/** A longer text behind a fact, closed at first. */
export type ShownBlock = { summary: string; label: string; code: string }
export type Shown = { facts: ShownFact[]; blocks: ShownBlock[] }

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
    case 'promql':
      return ofPromql(seen)
  }
}

function ofHttp({ request, response, body, tls, redirects }: HttpObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...redirects.map(({ status, to }) => ({ term: 'Redirect', text: `${status} to ${to}` })),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(body ? [{ term: 'Body', text: sizeText(body) }] : []),
    ...(body?.sha256 ? [{ term: 'Body’s SHA-256', text: body.sha256, is: 'digest' as const }] : []),
  ]
  const headers = response?.headers.map(({ name, value }) => `${name}: ${value}`) ?? []
  return {
    facts,
    blocks: [
      ...(headers.length > 0
        ? [
            {
              summary: `Headers kept (${headers.length} of ${response?.headerNames.length ?? 0})`,
              label: 'Headers',
              code: headers.join('\n'),
            },
          ]
        : []),
      ...(body?.excerpt ? [{ summary: 'Beginning of the body', label: 'Body', code: body.excerpt }] : []),
    ],
  }
}

export function sizeText({
  bytes,
  encoding,
  wireBytes,
}: {
  bytes: number
  encoding: string | null
  wireBytes: number
}): string {
  return `${bytes} bytes${encoding ? `, ${encoding}, ${wireBytes} on the wire` : ''}`
}

export function tlsText({ version, trusted, distrust, certificate }: ObservedTls): string {
  const trust = trusted ? 'trusted' : `not trusted: ${distrust ?? ''}`
  return `${version}, ${trust}${certificate ? `, ${certificate.daysLeft} days left` : ''}`
}

function ofTls({ handshake, versions, starttls }: TlsObservation): Shown {
  const facts: ShownFact[] = []
  if (starttls !== null) facts.push({ term: 'Before TLS', text: `STARTTLS of ${starttls}` })
  if (handshake !== null) {
    const { certificate, keyBits, hostname, serverName } = handshake
    facts.push(
      { term: 'Agreed on', text: `${handshake.version}, ${handshake.cipher}` },
      {
        term: 'Chain',
        text: handshake.trusted ? 'trusted' : `not trusted: ${handshake.distrust ?? 'no reason given'}`,
      },
      { term: 'Name asked', text: `${serverName}, ${hostname ? 'matches' : 'does not match'}` },
      { term: 'Names in it', text: certificate.names.join(', ') || 'none' },
      { term: 'Subject', text: certificate.subject },
      { term: 'Issuer', text: certificate.issuer },
      {
        term: 'Valid',
        text: `${certificate.validFrom} to ${certificate.validTo}, ${certificate.daysLeft} days left`,
      },
      ...(keyBits === null ? [] : [{ term: 'Key', text: `${keyBits} bits` }]),
      {
        term: 'Fingerprint',
        text: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
        is: 'digest' as const,
      },
    )
  }
  for (const { version, result, why } of versions)
    facts.push({ term: `TLS ${version} alone`, text: `${result} (${why})` })
  const chain = handshake?.chain ?? []
  const code = chain
    .map(
      ({ subject, issuer, validTo, daysLeft }) =>
        `${subject}\n  by ${issuer}\n  until ${validTo}, ${daysLeft} days left`,
    )
    .join('\n')
  return {
    facts,
    blocks: chain.length > 0 ? [{ summary: `Chain (${chain.length})`, label: 'Chain', code }] : [],
  }
}

function ofPromql({
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
    ...(status === null ? [] : [{ term: 'Answer', text: `${status}, evaluated at ${evaluatedAt}` }]),
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

function ofMetrics({ request, response, tls, body, page }: MetricsObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(body ? [{ term: 'Body', text: sizeText(body) }] : []),
    ...(page
      ? [
          { term: 'Format', text: page.format === 'text' ? 'text 0.0.4' : 'OpenMetrics' },
          {
            term: 'Holds',
            text: `${page.families} families, ${page.series} series, ${page.duplicates.count} twice`,
          },
          ...page.asked.map(({ family, samples }) => ({ term: family, text: `${samples} samples` })),
        ]
      : []),
    ...(page?.wrong ? [{ term: `Line ${page.wrong.line}`, text: page.wrong.why }] : []),
    ...(body?.sha256 ? [{ term: 'Body’s SHA-256', text: body.sha256, is: 'digest' as const }] : []),
  ]
  return { facts, blocks: [] }
}

function ofWebsocket({ request, tls, upgrade, messages, finds, waitedMs, end }: WebsocketObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(upgrade
      ? [{ term: 'Upgrade', text: upgrade.open ? '101, the accept key is right' : (upgrade.why ?? '') }]
      : []),
    ...(upgrade?.subprotocol ? [{ term: 'Subprotocol', text: upgrade.subprotocol }] : []),
    ...finds.map(({ text, found }) => ({
      term: 'Waited for',
      text: `${text}: ${found ? 'came' : `did not come in ${waitedMs ?? 0} ms`}`,
    })),
    ...(end
      ? [
          {
            term: 'End',
            text: end.code === null ? 'no closing handshake' : `${end.code} ${end.reason}`.trim(),
          },
        ]
      : []),
  ]
  const code = messages.join('\n')
  return {
    facts,
    blocks:
      messages.length > 0 ? [{ summary: `Messages (${messages.length})`, label: 'Messages', code }] : [],
  }
}

function ofRedis({ address, tls, commands, ping, stats, sample }: RedisObservation): Shown {
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
  const lines = Object.entries(stats ?? {}).map(([name, value]) => `${name}: ${value ?? 'not known'}`)
  return { facts, blocks: stats ? [{ summary: 'From INFO', label: 'INFO', code: lines.join('\n') }] : [] }
}

function ofPostgres({
  address,
  tls,
  refusal,
  server,
  selected,
  measures,
  settings,
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
    ...extensions.map(({ name, version }) => ({ term: name, text: version ?? 'not installed' })),
  ]
  return { facts, blocks: [] }
}
