import { isPlace, isTriable } from '#lib/services/connections.ts'
import type { AllowEntry } from '#lib/shared/allow-entry.ts'
import { parseAllowEntry, printAllowEntry } from '#lib/shared/allow-entry.ts'
import type { Outcome, ProbeKind } from '#lib/shared/codes.ts'
import { counted } from '#lib/shared/words.ts'
import type { Judgement } from './judgement.ts'
import type { Look } from './observation.ts'

/** What came of trying one address. `allow`: the entry that the allow-list lacks; null where that is not what is wrong. */
export type TriedConnection = { outcome: Outcome; words: string; allow: string | null }

type Build = (address: string) => string
const OPEN: Build = (address) => `tcp ${address} expect open`
const BUILD = {
  // Any answer: an error page has been reached too, and its status is in the words.
  http: (address) => `http ${address} expect status >= 100`,
  tls: (address) => `tls ${address} expect trusted, hostname`,
  redis: (address) => `redis ${address} expect ping`,
  postgres: (address) => `postgres ${address} expect select`,
  websocket: (address) => `websocket ${address} expect open`,
  grpc: (address) => `grpc ${address} expect serving`,
  tcp: OPEN,
} satisfies Partial<Record<ProbeKind, Build>>

const BY_SCHEME: Readonly<Record<string, Build>> = {
  'http:': BUILD.http,
  'https:': BUILD.http,
  'ws:': BUILD.websocket,
  'wss:': BUILD.websocket,
  'redis:': BUILD.redis,
  'rediss:': BUILD.redis,
  'postgres:': BUILD.postgres,
  'postgresql:': BUILD.postgres,
  'grpc:': BUILD.grpc,
  'grpcs:': BUILD.grpc,
  'tcp:': OPEN,
  'tls:': OPEN,
}

/**
 * The smallest probe that shows whether the address in a variable can be reached and speaks what its scheme says; of other
 * schemes and of a host with its port, whether it takes a connection. Null for what is no address.
 */
export function probeOfVariable({ name, value }: { name: string; value: string }): string | null {
  const placed = `$\{${name}}`
  if (isPlace(value)) return OPEN(placed)
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value)) return null
  const { protocol, hostname, port } = new URL(value)
  const build = BY_SCHEME[protocol]
  if (build) return build(placed)
  return hostname === '' || port === '' ? null : OPEN(`${hostname}:${port}`)
}

/** The same for a line of the allow-list, by the kinds that it is for; null where only the address of a variable can tell. */
export function probeOfEntry(entry: AllowEntry): string | null {
  if (!isTriable(entry)) return null
  const { host, port, kinds } = entry
  const place = printAllowEntry({ host, port, cidr: null })
  const isFor = (kind: ProbeKind) => kinds === null || kinds.includes(kind)
  if (isFor('tls') && port === 443) return BUILD.tls(place)
  if (isFor('tcp')) return OPEN(place)
  if (isFor('http')) return BUILD.http(`${port === 443 ? 'https' : 'http'}://${place}/`)
  if (isFor('tls')) return BUILD.tls(place)
  return isFor('redis') ? BUILD.redis(`redis://${place}`) : null
}

/** In words what a look at an address came to. `allowList`: the lines that it was made with. */
export function triedConnection({
  seen,
  judgement: { outcome, line },
  allowList,
}: {
  seen: Look
  judgement: Judgement
  allowList: readonly string[]
}): TriedConnection {
  const took = seen.phases.total === null ? '' : ` in ${seen.phases.total} ms`
  if (outcome === 'pass') return { outcome, words: `${answered(seen)}${took}`, allow: null }
  const allow = outcome === 'blocked' ? missingEntry(seen, allowList) : null
  return { outcome, words: allow === null ? line : `not on the allow-list: add ${allow}`, allow }
}

function answered(seen: Look): string {
  if (seen.kind === 'http') return `answers ${seen.response?.status ?? ''}`
  if (seen.kind === 'redis') return 'answers PING'
  if (seen.kind === 'postgres') return 'answers SELECT 1'
  if (seen.kind === 'websocket') return 'opens'
  if (seen.kind === 'grpc') return 'is serving'
  if (seen.kind === 'tls')
    return `certificate trusted, ${counted({ count: seen.handshake?.certificate.daysLeft ?? '?', one: 'day' })} left,`
  return 'takes a connection'
}

/** Null where the list has a line of this place: then it is its network or its kinds that do not fit, which the look says itself. */
function missingEntry({ connection }: Look, allowList: readonly string[]): string | null {
  // A name that has been looked up was allowed: it is where it leads that is not.
  if (connection === null || connection.addresses.length > 0) return null
  const { host, port } = connection
  const entry = printAllowEntry({ host: host.replace(/^\[|\]$/g, ''), port, cidr: null })
  const isThere = allowList.some((line) => line === entry || line.startsWith(`${entry} `))
  return isThere || !parseAllowEntry(entry).ok ? null : entry
}
