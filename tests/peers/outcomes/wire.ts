import { readFileSync, rmSync } from 'node:fs'
import tls from 'node:tls'
import pg from 'pg'
import { createTestDatabase } from '#tests/support/database.ts'
import { AA, a, server, zone } from '../dns-server.ts'
import { startGrpc } from '../grpc-server.ts'
import { authority, certificate, lackOf, newFolder, REDIS, startRedis } from '../processes.ts'
import { raw } from '../servers.ts'
import { at, type KindOutcomes, lasting, type Setting, scene, stranger, v } from './scene.ts'

const TARGET = v('TARGET')

/** A server of TLS 1.2 and 1.3 whose certificate is of the authority `ca`. */
export const secure = lasting(async () => {
  const folder = newFolder('outcomes')
  const ca = authority(folder, 'ca', 3000)
  certificate(folder, { name: 'site', by: 'ca', host: 'localhost', days: 60 })
  const pair = { cert: readFileSync(`${folder}/site.pem`), key: readFileSync(`${folder}/site.key`) }
  const site = tls.createServer(pair, (socket) => socket.on('error', () => undefined))
  site.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', () => resolve())
  })
  const address = site.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stop = () => {
    site.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, ca, port, context: tls.createSecureContext(pair), stop }
})

async function ofSite(expected: string, port?: number): Promise<Setting> {
  const site = await secure()
  const probe = `tls localhost:${port ?? site.port} ca ${v('CA')} expect ${expected}`
  return {
    probe,
    allow: [`localhost:${port ?? site.port}`],
    variables: { CA: site.ca.replaceAll('\n', ' ') },
  }
}

/** Shakes hands with whoever comes first, and says something else to all others. */
async function moody(): Promise<number> {
  const { context } = await secure()
  let isFirst = true
  const { port } = await raw((socket) => {
    if (isFirst)
      new tls.TLSSocket(socket, { isServer: true, secureContext: context }).on('error', () => undefined)
    else socket.end('220 too many connections, come back later\r\n')
    isFirst = false
  })
  return port
}

export const tlsOutcomes: KindOutcomes = {
  pass: scene('certificate, chain and versions are as asked', 'days left', () => ofSite('days-left >= 14')),
  warn: scene('a `warn` does not hold', '59 days left', () => ofSite('trusted, warn days-left >= 90')),
  fail: scene('they are not: expired, another name, not trusted, an old version taken', '59 days left', () =>
    ofSite('days-left >= 90'),
  ),
  inconclusive: scene('a version was neither taken nor refused', 'TLS 1.0 not known', async () =>
    ofSite('refuses 1.0', await moody()),
  ),
  error: scene('there is no TLS', 'the TLS handshake failed', async () =>
    ofSite('trusted', Number(new URL(await stranger()).port)),
  ),
}

async function script(greeting: string, rest: string): Promise<Setting> {
  const { url } = await raw((socket) => socket.write(greeting))
  return at(url.replace('http', 'tcp'), `tcp ${TARGET} timeout 500ms, ${rest}`)
}
const HELLO = 'expect script, read "^220 "'
export const tcp: KindOutcomes = {
  pass: scene('it connects, and the script is played to its end', '1 of 1 step', () =>
    script('220 ready\r\n', HELLO),
  ),
  warn: scene('a `warn` does not hold', 'wanted < 0.001ms', () =>
    script('220 ready\r\n', `${HELLO}, warn time < 0.001ms`),
  ),
  fail: scene('it does not, or another answer comes, or none', '554 go away', () =>
    script('554 go away\r\n', HELLO),
  ),
  inconclusive: scene('more comes than is read', 'and more than is read', () =>
    script('y'.repeat(200_000), HELLO),
  ),
  error: scene('the TLS of a `tls` or `starttls` does not come about', 'the TLS handshake failed', async () =>
    at(await stranger('tls'), `tcp ${TARGET} expect open`),
  ),
}

async function asked(where: Promise<string>, expected: string): Promise<Setting> {
  const host = await where
  return { probe: `dns app.example A expect ${expected}, server ${host}`, allow: [host] }
}
export const dns: KindOutcomes = {
  pass: scene('the answers are as asked', '192.0.2.1', () => asked(zone(a('192.0.2.1')), 'only 192.0.2.1')),
  warn: scene('a `warn` does not hold', 'TTL 600 s', () =>
    asked(zone(a('192.0.2.1', 600)), 'only 192.0.2.1, warn ttl <= 5m'),
  ),
  fail: scene('they are not, or servers disagree', '192.0.2.9', () =>
    asked(zone(a('192.0.2.9')), 'only 192.0.2.1'),
  ),
  inconclusive: scene('the server says that it could not find out (SERVFAIL)', 'SERVFAIL', () =>
    asked(
      server(() => ({ flags: AA | 2 })),
      'answer 192.0.2.1',
    ),
  ),
  error: scene('what answers is not DNS, or not to this question', 'the answer is not DNS', () =>
    asked(
      server(({ id = 0 }) => ({ id: (id + 1) % 65_536 })),
      'answers >= 1',
    ),
  ),
}

const health = lasting(async () => {
  const { server: running, port } = await startGrpc()
  return { url: `grpc://127.0.0.1:${port}`, stop: () => running.forceShutdown() }
})
const serving = (rest: string) => async () =>
  at((await health()).url, `grpc ${TARGET} expect serving, ${rest}`)
export const grpc: KindOutcomes = {
  pass: scene('the service says SERVING', 'SERVING', serving('service "shop.Cart"')),
  warn: scene('a `warn` does not hold', 'wanted < 0.001ms', serving('warn time < 0.001ms')),
  fail: scene('it says NOT_SERVING, or is not there', 'NOT_SERVING', serving('service "shop.Down"')),
  inconclusive: scene(
    'it says UNKNOWN, or has no health service',
    'UNKNOWN',
    serving('service "shop.Quiet"'),
  ),
  error: scene(
    'what answers is not gRPC, or it wants credentials',
    'the server wants other credentials',
    serving('service "shop.Locked"'),
  ),
}

const store = lasting(() => startRedis('--requirepass', 'swordfish-long'))
const ofRedis =
  (expected: string, pair = ':swordfish-long@') =>
  async (): Promise<Setting> => {
    const { url } = await store()
    return at(url.replace('//', `//${pair}`), `redis ${TARGET} expect ${expected}`)
  }
export const redis: KindOutcomes = {
  lacks: lackOf(REDIS, 'redis-server'),
  pass: scene('it answers, and its figures are as asked', 'role master', ofRedis('ping, role master')),
  warn: scene('a `warn` does not hold', '1 client · wanted > 1000', ofRedis('ping, warn clients > 1000')),
  fail: scene(
    'they are not, or it says LOADING',
    'role master · wanted role replica',
    ofRedis('role replica'),
  ),
  inconclusive: scene(
    'too few look-ups, no keys, or INFO is not allowed',
    '1000 needed',
    ofRedis('hit-rate > 70%'),
  ),
  error: scene(
    'it does not accept the password, or is not Redis',
    'Redis wants a password',
    ofRedis('ping', ''),
  ),
}

const database = lasting(async () => {
  const made = await createTestDatabase()
  const admin = new pg.Client({ connectionString: made.url })
  await admin.connect()
  const role = `${made.name}_outcomes`
  await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'swordfish-long'`)
  const url = new URL(made.url)
  Object.assign(url, { username: role, password: 'swordfish-long' })
  const stop = async () => {
    await admin.query(`DROP ROLE ${role}`)
    await admin.end()
    await made.drop()
  }
  return { url, stop }
})
const ofPostgres = (expected: string, name?: string) => async (): Promise<Setting> => {
  const url = new URL((await database()).url)
  if (name !== undefined) url.pathname = `/${name}`
  return at(url.href, `postgres ${TARGET} expect ${expected}`)
}
export const postgres: KindOutcomes = {
  pass: scene(
    'it answers, and its figures are as asked',
    'SELECT 1 answers',
    ofPostgres('select, version >= 15'),
  ),
  warn: scene('a `warn` does not hold', 'wanted ≥ 99', ofPostgres('select, warn version >= 99')),
  fail: scene('they are not, or no connection is left', 'wanted role replica', ofPostgres('role replica')),
  inconclusive: scene(
    'its user may not see it, or there is nothing to see',
    'needs pg_monitor',
    ofPostgres('longest-query < 1h'),
  ),
  error: scene(
    'it does not accept the user, or has no such database',
    '3D000',
    ofPostgres('select', 'no_such_database'),
  ),
}
