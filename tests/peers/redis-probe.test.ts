import { writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  authority,
  certificate,
  freePort,
  newFolder,
  type Process,
  REDIS,
  start,
  titled,
} from './processes.ts'
import { allow, look, raw } from './servers.ts'

const URL_OF = '$' + '{REDIS_URL}'
const PASSWORD = 'swordfish-%/long'

const at = (url: string, rest: string) =>
  look(`redis ${URL_OF} ${rest}`, {
    variables: { REDIS_URL: url },
    allowList: allow(new URL(url.replace(/^rediss?/, 'http')).host),
  })

/** Commands by hand, as a stranger to the code under test. */
function say(port: number, ...commands: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(`${commands.join('\r\n')}\r\nQUIT\r\n`))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.once('error', reject).once('close', () => resolve(text))
  })
}

describe.skipIf(REDIS === undefined)(
  titled('a Redis probe against redis-server', REDIS, 'redis-server'),
  () => {
    const folder = newFolder('redis')
    const trusted = tls.getCACertificates('default')
    const [opened, locked] = [{ port: 0, tls: 0 }, { port: 0 }]
    const running: Process[] = []

    beforeAll(async () => {
      for (const one of [opened, locked]) one.port = await freePort()
      opened.tls = await freePort()
      const ca = authority(folder, 'ca', 30)
      certificate(folder, { name: 'redis', by: 'ca', host: 'localhost', days: 20 })
      const common = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
      const secure = [
        ...['--tls-port', String(opened.tls), '--tls-cert-file', `${folder}/redis.pem`],
        ...[
          '--tls-key-file',
          `${folder}/redis.key`,
          '--tls-ca-cert-file',
          `${folder}/ca.pem`,
          '--tls-auth-clients',
          'no',
        ],
      ]
      const users = path.join(folder, 'users.acl')
      writeFileSync(users, `user default on >${PASSWORD} ~* +@all\nuser probe on >${PASSWORD} ~* +ping\n`)
      const begin = (port: number, more: string[], ports: number[]) =>
        start({
          command: REDIS ?? '',
          args: ['--port', String(port), ...common, ...more],
          folder: newFolder('redis-cwd'),
          ports,
        })
      running.push(await begin(opened.port, ['--maxmemory', '200mb', ...secure], [opened.port, opened.tls]))
      running.push(await begin(locked.port, ['--aclfile', users], [locked.port]))
      tls.setDefaultCACertificates([...trusted, ca])
      await say(
        opened.port,
        'SET a 1 EX 100',
        'SET b 1 EX 50',
        ...Array(30).fill('GET a'),
        ...Array(10).fill('GET none'),
      )
    })
    afterAll(async () => {
      tls.setDefaultCACertificates(trusted)
      for (const one of running) await one.stop()
    })

    it.each<[string, string, string]>([
      ['expect ping', 'pass', 'PONG'],
      ['expect ping, role master, clients >= 1, evicted-keys == 0', 'pass', 'role master'],
      ['expect role replica', 'fail', 'role master · wanted role replica'],
      ['expect memory-used < 90%', 'pass', '% of maxmemory'],
      ['expect memory-used > 90%', 'fail', 'of maxmemory · wanted > 90%'],
      ['expect hit-rate > 70%, min-operations 40', 'pass', '75% of 4'],
      ['expect hit-rate > 90%, min-operations 40', 'fail', ' look-ups hit · wanted > 90%'],
      ['expect hit-rate > 70%', 'inconclusive', 'look-ups, 1000 needed to decide · wanted > 70%'],
      ['expect hit-rate < 70%', 'inconclusive', '1000 needed to decide'],
      ['expect keys-expiring >= 100%', 'pass', '100% of 2 keys expire'],
      ['expect longest-ttl <= 100s', 'pass', 's of 2 keys'],
      ['expect longest-ttl <= 1s', 'fail', 'of 2 keys · wanted ≤ 1s'],
      ['expect ping, time < 5s, warn clients > 1000', 'warn', '1 client · wanted > 1000'],
    ])('%s: %s', async (rest, outcome, line) => {
      const { judgement } = await at(`redis://127.0.0.1:${opened.port}`, rest)
      expect(judgement.line).toContain(line)
      expect(judgement.outcome).toBe(outcome)
    })

    it('an empty database has no share of keys, and one key for ever spoils the rest', async () => {
      const other = `redis://127.0.0.1:${opened.port}/5`
      expect((await at(other, 'expect keys-expiring >= 0%')).judgement).toMatchObject({
        outcome: 'inconclusive',
        line: 'no keys · wanted ≥ 0%',
      })
      await say(opened.port, 'SELECT 5', 'SET c 1', 'SET d 1 EX 100')
      expect((await at(other, 'expect keys-expiring >= 90%')).judgement.line).toBe(
        '50% of 2 keys expire · wanted ≥ 90%',
      )
      expect((await at(other, 'expect longest-ttl < 30d')).judgement).toMatchObject({
        outcome: 'fail',
        line: '1 of 2 keys never expire · wanted < 30d',
      })
      expect((await at(`redis://127.0.0.1:${opened.port}/99`, 'expect ping')).judgement).toMatchObject({
        outcome: 'error',
      })
    })

    it('over TLS, with a certificate that it checks', async () => {
      const { judgement, observation } = await at(`rediss://localhost:${opened.tls}`, 'expect ping')
      expect(judgement.outcome).toBe('pass')
      expect(observation).toMatchObject({ tls: { trusted: true, serverName: 'localhost' } })
      expect((await at(`rediss://127.0.0.1:${opened.tls}`, 'expect ping')).judgement).toMatchObject({
        outcome: 'fail',
        line: expect.stringContaining('it is for another name'),
      })
    })

    it('signs in, and keeps neither name nor password', async () => {
      const secret = encodeURIComponent(PASSWORD)
      const url = (pair: string) => `redis://${pair}@127.0.0.1:${locked.port}/0`
      const { judgement, observation } = await at(url(`:${secret}`), 'expect ping, role master')
      expect(judgement.outcome).toBe('pass')
      expect(JSON.stringify([observation, judgement])).not.toMatch(/swordfish/)
      expect(observation).toMatchObject({
        address: `redis://127.0.0.1:${locked.port}/0`,
        commands: ['AUTH', 'PING', 'INFO'],
      })
      const wrong = await at(url(':wrong-one'), 'expect ping')
      expect(wrong.judgement).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
      expect(JSON.stringify(wrong)).not.toMatch(/wrong-one/)
      expect((await at(`redis://127.0.0.1:${locked.port}`, 'expect ping')).judgement).toMatchObject({
        outcome: 'error',
        line: 'Redis wants a password; write it into the address',
      })
      // A user who may only ping: what INFO would say is not known.
      const poor = await at(url(`probe:${secret}`), 'expect ping, role master')
      expect(poor.judgement).toMatchObject({
        outcome: 'inconclusive',
        line: 'INFO not allowed · wanted role master',
      })
      expect((await at(url(`probe:${secret}`), 'expect ping')).judgement.outcome).toBe('pass')
    })
  },
)

describe('a Redis probe', () => {
  const answer = (text: string) => raw((socket) => socket.once('data', () => socket.write(text)))

  it('fails on a server that is loading, is silent, hangs up or is gone', async () => {
    const loading = await answer('-LOADING Redis is loading\r\n-LOADING x\r\n')
    expect((await at(loading.url.replace('http', 'redis'), 'expect ping')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'LOADING · wanted ping',
    })
    const silent = await raw(() => undefined)
    expect(
      (await at(silent.url.replace('http', 'redis'), 'expect ping, timeout 200ms')).judgement.outcome,
    ).toBe('fail')
    const hungUp = await raw((socket) => socket.destroy())
    expect((await at(hungUp.url.replace('http', 'redis'), 'expect ping')).judgement.outcome).toBe('fail')
    await hungUp.close()
    expect((await at(hungUp.url.replace('http', 'redis'), 'expect ping')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'connection refused',
    })
  })

  it.each(['-LOADING Redis is loading', '-MASTERDOWN Link with MASTER is down', '-ERR no', '+PINGED'])(
    'fails on a server that says %s to PING, whatever its figures are',
    async (word) => {
      const info = [
        ...['role:master', 'keyspace_hits:9500', 'keyspace_misses:0', 'used_memory:1', 'maxmemory:100'],
        ...['evicted_keys:0', 'connected_clients:1'],
      ].join('\r\n')
      const { url } = await answer(`${word}\r\n$${info.length}\r\n${info}\r\n`)
      const said = /[A-Z]+/.exec(word)?.[0] ?? ''
      for (const asked of [
        ...['memory-used < 90%', 'hit-rate > 90%', 'clients >= 1', 'role master', 'evicted-keys == 0'],
        ...['time < 5s', 'time < 5s, warn ping'],
      ])
        expect((await at(url.replace('http', 'redis'), `expect ${asked}`)).judgement).toMatchObject({
          outcome: 'fail',
          line: expect.stringContaining(`${said} · wanted ping`),
        })
    },
  )

  it.each(['HTTP/1.1 400 Bad Request\r\n\r\n', '*5\r\n*5\r\n*5\r\n*5\r\n*5\r\n*5\r\n', '$x\r\n', ':1e9\r\n'])(
    'cannot tell from %j',
    async (text) => {
      const { url } = await answer(text)
      const { judgement } = await at(url.replace('http', 'redis'), 'expect ping')
      expect(judgement).toMatchObject({
        outcome: 'error',
        line: 'the answer is not Redis’; check host and port',
      })
    },
  )

  it('gives up on a flood', async () => {
    const { url } = await answer(`$2000000\r\n${'x'.repeat(2_000_000)}`)
    expect((await at(url.replace('http', 'redis'), 'expect ping')).judgement.outcome).toBe('error')
  })

  it('says what its environment lacks, and stays behind the guard', async () => {
    expect((await look(`redis ${URL_OF} expect ping`)).judgement.line).toContain(
      'REDIS_URL is not set for production',
    )
    const http = await look(`redis ${URL_OF} expect ping`, { variables: { REDIS_URL: 'http://:secret-x@a' } })
    expect(http.judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('becomes a http address'),
    })
    expect(JSON.stringify(http)).not.toContain('secret-x')
    expect((await look('redis redis://127.0.0.1:6379 expect ping')).judgement.outcome).toBe('blocked')
  })
})
