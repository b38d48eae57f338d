import type { JudgedLook } from './judged-looks.ts'
import { isPushed } from './kinds.ts'
import type { Look, Observation } from './observation.ts'
import { ofAlertmanager, ofRules } from './shown-alerting.ts'
import { ofComposite } from './shown-composite.ts'
import { ofCors } from './shown-cors.ts'
import { readable, type Shown, type ShownFact, type ShownPart } from './shown-fact.ts'
import { ofForge } from './shown-forge.ts'
import { ofHeaders } from './shown-headers.ts'
import { ofHeartbeat } from './shown-heartbeat.ts'
import { ofKubernetes } from './shown-kubernetes.ts'
import { ofLogs } from './shown-logs.ts'
import { ofDns, ofGrpc, ofTcp } from './shown-network.ts'
import { ofCookies, ofRedirect } from './shown-redirect.ts'
import { ofReport } from './shown-report.ts'
import { ofPostgres, ofPromql, ofRedis } from './shown-servers.ts'
import { ofSse } from './shown-sse.ts'
import { ofSteps } from './shown-steps.ts'
import { ofDelivery, ofHttp, ofMetrics, ofTls, ofWebsocket } from './shown-web.ts'
import { ofWindow } from './shown-window.ts'

const PHASES = ['resolve', 'connect', 'tls', 'wait', 'transfer', 'total'] as const

/**
 * What an observation of any kind saw, in the order in which it was found; of a window each look with what it came to, which `looks` say
 * in their order.
 */
export function shown(seen: Observation, looks: readonly JudgedLook[] = []): Shown {
  const { facts, blocks, parts = [] } = seen.kind === 'window' ? ofWindow(seen, looks, ofLook) : ofLook(seen)
  const whole = { parts: parts.map(numberedPart) }
  const requests = facts.filter(({ term }) => term === 'Request')
  if (requests.length < MANY_REQUESTS) return { ...whole, facts: numbered(facts), blocks }
  const block = {
    summary: `Requests (${requests.length})`,
    label: 'Requests',
    code: requests.map(({ text }) => text).join('\n'),
  }
  return {
    ...whole,
    facts: numbered(facts.filter(({ term }) => term !== 'Request')),
    blocks: [block, ...blocks],
  }
}

/** So many stand between a reader and what was found. */
const MANY_REQUESTS = 3

/** Of several facts of one name each has its number. */
function numbered(facts: readonly ShownFact[]): ShownFact[] {
  const all = Map.groupBy(facts, ({ term }) => term)
  return facts.map((fact) => {
    const same = all.get(fact.term) ?? []
    return same.length < 2 ? fact : { ...fact, term: `${fact.term} ${same.indexOf(fact) + 1}` }
  })
}

function numberedPart(part: ShownPart): ShownPart {
  const { facts, parts } = part
  return {
    ...part,
    facts: numbered(facts),
    ...(parts === undefined ? {} : { parts: parts.map(numberedPart) }),
  }
}

function addressText({ host, port, addresses, used, allowedBy }: NonNullable<Look['connection']>): string {
  const bare = host.replace(/^\[|\]$/g, '')
  const place = `${bare.includes(':') ? `[${bare}]` : bare}:${port}`
  const allowed = allowedBy === null || allowedBy === place ? '' : `; allowed by ${allowedBy}`
  if (used === null) {
    const reached = addresses.length === 0 ? 'not asked' : `none reached of ${addresses.join(', ')}`
    return `${place}, ${reached}${allowed}`
  }
  const others = addresses.length > 1 ? `, of ${addresses.join(', ')}` : ''
  return `${place}${used === bare ? '' : ` at ${used}`}${others}${allowed}`
}

function ofLook(seen: Look): Shown {
  const { connection, phases } = seen
  const kind = ofKind(seen)
  const { serverName, client } = connection ?? {}
  const address: ShownFact[] = [
    ...(connection ? [{ term: 'Address', text: addressText(connection) }] : []),
    ...(serverName === undefined ? [] : [{ term: 'Asked in TLS as', text: serverName }]),
    ...(client === undefined
      ? []
      : [{ term: 'Client certificate', text: `of ${client.certificate}, with the key of ${client.key}` }]),
  ]
  const spent = PHASES.flatMap((phase) => (phases[phase] === null ? [] : [`${phase} ${phases[phase]} ms`]))
  const timings: ShownFact[] = isPushed(seen.kind)
    ? []
    : [{ term: 'Timings', text: spent.join(' · ') || 'none' }]
  return {
    ...kind,
    facts: [...triesOf(seen), ...address, ...kind.facts, ...timings],
  }
}

function triesOf({ tries = [] }: Look): ShownFact[] {
  return tries.map(({ at, used, total, error }, index) => ({
    term: `Attempt ${index + 1}`,
    text: `${readable(at)}, ${error.message}${used === null ? '' : ` at ${used}`} after ${total ?? '?'} ms; tried again`,
  }))
}

function ofKind(seen: Look): Shown {
  switch (seen.kind) {
    case 'http':
      return ofHttp(seen)
    case 'kubernetes':
      return ofKubernetes(seen)
    case 'forge':
      return ofForge(seen)
    case 'rules':
      return ofRules(seen)
    case 'alertmanager':
      return ofAlertmanager(seen)
    case 'logs':
      return ofLogs(seen)
    case 'grpc':
      return ofGrpc(seen)
    case 'dns':
      return ofDns(seen)
    case 'tcp':
      return ofTcp(seen)
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
    case 'redirect':
      return ofRedirect(seen)
    case 'cors':
      return ofCors(seen)
    case 'cookies':
      return ofCookies(seen)
    case 'sse':
      return ofSse(seen)
    case 'headers':
      return ofHeaders(seen)
    case 'steps':
      return ofSteps(seen)
    case 'promql':
      return ofPromql(seen)
    case 'heartbeat':
      return ofHeartbeat(seen)
    case 'report':
      return ofReport(seen)
    case 'composite':
      return ofComposite(seen, ofLook)
  }
}
