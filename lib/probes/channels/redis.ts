import type { RedisProbe } from '#lib/probes/kinds/redis.ts'
import type { RedisObservation } from '#lib/probes/observations/redis.ts'
import { placedAddress } from '#lib/probes/place.ts'
import { decodedPart, secretsOf } from '#lib/probes/redact.ts'
import { type RedisTalk, talkRedis } from '#lib/server/egress/redis.ts'
import { openGuardedSocket } from '#lib/server/egress/socket.ts'
import { timed } from '#lib/server/egress/trace.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { nextConnection, observedTls } from './phases.ts'

type Details = Pick<RedisObservation, 'address' | 'commands' | 'ping' | 'stats' | 'sample'>
type RedisAttempt = Attempt<RedisProbe, Details>

const SAMPLE = 200

/** PING, INFO and, where keys are asked about, SCAN and TTL: nothing that writes, blocks or walks the whole keyspace. */
export const redisChannel: Channel<RedisProbe, Details, RedisObservation> = {
  blank: () => ({ address: null, commands: [], ping: null, stats: null, sample: null }),
  async look(attempt) {
    const { config, environment, guard, details } = attempt
    attempt.secrets = secretsOf({ variables: environment.variables, headers: [] })
    const address = placedAddress(config.url, { environment, schemes: ['redis', 'rediss'] })
    if (!address.ok) throw new ProbeStopped('config', address.message)
    const { url } = address
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const target = { host, port: url.port === '' ? 6379 : Number(url.port) }
    const database = /^\/(\d{1,5})$/.exec(url.pathname)?.[1] ?? null
    details.address = `${url.protocol}//${url.hostname}:${target.port}${database === null ? '' : `/${database}`}`
    const trace = nextConnection(attempt, target)
    const socket = await openGuardedSocket(
      { ...target, secure: url.protocol === 'rediss:', alpn: [] },
      guard,
      trace,
    )
    const talk = talkRedis(socket, guard.signal)
    try {
      await timed(trace, 'wait', async () => {
        await enter(attempt, { talk, url, database })
        await observe(attempt, talk)
      })
    } finally {
      talk.end()
    }
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}

type Entering = { talk: RedisTalk; url: URL; database: string | null }

async function enter({ details }: RedisAttempt, { talk, url, database }: Entering): Promise<void> {
  const { username, password } = url
  if (password !== '') {
    details.commands.push('AUTH')
    const names = username === '' ? [] : [decodedPart(username)]
    const [answer] = await talk.ask(['AUTH', ...names, decodedPart(password)])
    if (answer?.is === 'error')
      throw new ProbeStopped('access', 'Redis did not accept the user name and password of the address')
  }
  if (database !== null && database !== '0') {
    details.commands.push('SELECT')
    const [answer] = await talk.ask(['SELECT', database])
    if (answer?.is === 'error') throw new ProbeStopped('query', `Redis has no database ${database}`)
  }
}

async function observe({ details, config }: RedisAttempt, talk: RedisTalk): Promise<void> {
  details.commands.push('PING', 'INFO')
  const [ping, info] = await talk.ask(['PING'], ['INFO'])
  if (ping?.is === 'error' && ping.text.startsWith('NOAUTH'))
    throw new ProbeStopped('access', 'Redis wants a password; write it into the address')
  details.ping = ping?.is === 'text' || ping?.is === 'error' ? firstWord(ping.text) : null
  details.stats = info?.is === 'text' ? statsOf(info.text) : null
  const wantsKeys = config.conditions.some(({ on }) => on === 'keys-expiring' || on === 'longest-ttl')
  if (wantsKeys) details.sample = await sampled(talk, details)
}

function firstWord(text: string): string {
  return (/^[A-Z]{1,40}/.exec(text)?.[0] ?? 'not PONG').slice(0, 40)
}

function statsOf(info: string): NonNullable<RedisObservation['stats']> {
  const lines = new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf(':')
      return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 1, at + 65)] as const]
    }),
  )
  const count = (name: string) => {
    const text = lines.get(name) ?? ''
    return /^\d{1,20}$/.test(text) ? text : null
  }
  const word = (name: string) => {
    const text = lines.get(name) ?? ''
    return /^[\w.-]{1,40}$/.test(text) ? text : null
  }
  return {
    version: word('redis_version'),
    role: word('role'),
    hits: count('keyspace_hits'),
    misses: count('keyspace_misses'),
    usedMemory: count('used_memory'),
    maxMemory: count('maxmemory'),
    evictedKeys: count('evicted_keys'),
    clients: count('connected_clients'),
  }
}

async function sampled(talk: RedisTalk, details: Details): Promise<RedisObservation['sample']> {
  details.commands.push('SCAN', 'TTL')
  const [scanned] = await talk.ask(['SCAN', '0', 'COUNT', String(SAMPLE)])
  const found = scanned?.is === 'list' ? scanned.list[1] : undefined
  if (found?.is !== 'list') return null
  const names = found.list.flatMap((entry) => (entry.is === 'text' ? [entry.text] : [])).slice(0, SAMPLE)
  const replies = await talk.ask(...names.map((name) => ['TTL', name]))
  return summary(replies.flatMap((reply) => (reply.is === 'integer' ? [reply.integer] : [])))
}

/** TTL is -1 for a key without an end, -2 for one that ended meanwhile. */
function summary(ttls: readonly number[]): NonNullable<RedisObservation['sample']> {
  const living = ttls.filter((ttl) => ttl !== -2)
  const ending = living.filter((ttl) => ttl >= 0)
  return {
    keys: living.length,
    expiring: ending.length,
    longestSeconds: ending.length === 0 ? null : Math.max(...ending),
  }
}
