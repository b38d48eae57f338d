import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGuardedSocket } from '#lib/server/egress/socket.ts'
import { allow, httpServer, type Listening, probe } from './servers.ts'

let target: Listening
let reached = 0

beforeAll(async () => {
  target = await httpServer((request, response) => {
    reached += 1
    const to = new URL(request.url ?? '/', 'http://x').searchParams.get('to')
    if (to === null) response.end('secret')
    else response.writeHead(302, { location: to }).end()
  })
})
afterAll(() => target.close())

const ANY = 'expect status >= 100'

describe('spellings of this machine', () => {
  const hosts = [
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0x0.0x0.0x1',
    '0177.0.0.1',
    '017700000001',
    '127.1',
    '127.0.1',
    '0.0.0.0',
    '0',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '１２７.０.０.１',
    '127。0。0。1',
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '169.254.169.254',
    '[fd00:ec2::254]',
    'metadata.google.internal',
  ]
  // The widest lists an administrator can write, short of the exact entry for this machine.
  const wide = allow(
    '*.example.com',
    'public.example',
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    'fc00::/7',
  )

  it.each(hosts)('%s is not reached', async (host) => {
    reached = 0
    const url = new URL(`http://${host}:${target.port}/`).href
    const { observation, judgement } = await probe(url, ANY, { allowList: wide })
    expect(judgement).toMatchObject({ outcome: 'blocked', verdict: 'inconclusive' })
    expect(observation.connection?.used).toBeNull()
    expect(reached).toBe(0)
  })

  it.each(hosts)('%s is not reached by a redirect', async (host) => {
    reached = 0
    const to = `http://${host}:${target.port}/`.replace(/[^ -~]/g, encodeURIComponent)
    const from = await httpServer((_request, response) => response.writeHead(302, { location: to }).end())
    const { judgement, observation } = await probe(`${from.url}/`, `${ANY}, redirects follow`)
    await from.close()
    expect(judgement.outcome).toBe('blocked')
    expect(observation.redirects).toHaveLength(1)
    expect(reached).toBe(0)
  })

  it.each(hosts)('%s is not reached by a name that resolves to it', async (host) => {
    reached = 0
    const address = new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '')
    const isName = /[a-z]\.|localhost/.test(address) && !address.includes(':')
    const answers = ['93.184.215.14', isName ? '127.0.0.1' : address]
    const { judgement } = await probe(`http://public.example:${target.port}/`, ANY, {
      allowList: wide,
      resolve: async () => answers,
    })
    expect(judgement.outcome).toBe('blocked')
    expect(reached).toBe(0)
  })

  it('is reached by the exact entry only, however the address is spelled', async () => {
    reached = 0
    const allowList = allow(`127.0.0.1:${target.port}`)
    const exact = await probe(`${target.url}/`, ANY, { allowList })
    expect(exact.judgement.outcome).toBe('pass')
    expect(exact.observation.connection).toMatchObject({
      used: '127.0.0.1',
      allowedBy: `127.0.0.1:${target.port}`,
    })
    const spelled = await probe(`http://2130706433:${target.port}/`, ANY, { allowList })
    expect(spelled.observation.connection?.host).toBe('127.0.0.1')
    expect(reached).toBe(2)
    const mapped = await probe(`http://[::ffff:127.0.0.1]:${target.port}/`, ANY, { allowList })
    expect(mapped.judgement.outcome).toBe('blocked')
    const otherPort = await probe(`http://127.0.0.1:${target.port + 1}/`, ANY, { allowList })
    expect(otherPort.judgement.outcome).toBe('blocked')
    expect(reached).toBe(2)
  })
})

describe('names', () => {
  it('looks a name up once and connects to what was checked', async () => {
    reached = 0
    let asked = 0
    const resolve = async () => {
      asked += 1
      return asked === 1 ? ['127.0.0.1'] : ['127.0.0.2']
    }
    const { observation } = await probe(`http://localhost:${target.port}/`, ANY, {
      allowList: allow(`localhost:${target.port}`),
      resolve,
    })
    expect(asked).toBe(1)
    expect(observation.connection).toMatchObject({
      host: 'localhost',
      addresses: ['127.0.0.1'],
      used: '127.0.0.1',
    })
    expect(reached).toBe(1)
  })

  it('does not look up a name that is not listed', async () => {
    let asked = 0
    const { judgement } = await probe('http://secret.attacker.example/', ANY, {
      allowList: allow('app.example.com:443'),
      resolve: async () => {
        asked += 1
        return ['93.184.215.14']
      },
    })
    expect(judgement.outcome).toBe('blocked')
    expect(judgement.line).toContain('"secret.attacker.example:80"')
    expect(asked).toBe(0)
  })

  it('calls a name without addresses an error, not a failure of the target', async () => {
    const resolvers = [
      async () => [],
      async () => {
        throw new Error('ENOTFOUND')
      },
    ]
    for (const resolve of resolvers) {
      const { judgement } = await probe('http://gone.example/', ANY, { resolve })
      expect(judgement).toMatchObject({
        outcome: 'error',
        line: 'gone.example does not resolve; check name and DNS',
      })
    }
    const never = await probe('http://slow.example/', `${ANY}, timeout 100ms`, {
      resolve: () => new Promise(() => undefined),
    })
    expect(never.judgement).toMatchObject({
      outcome: 'error',
      line: 'the name did not resolve within 100 ms',
    })
  })

  it('blocks all when one of many answers is inside', async () => {
    for (const bad of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fe80::1', '::ffff:10.0.0.1']) {
      const { judgement } = await probe('http://public.example/', ANY, {
        resolve: async () => ['8.8.8.8', '1.1.1.1', bad],
      })
      expect(judgement.outcome).toBe('blocked')
    }
  })

  it('keeps services of Countersign itself out of reach', async () => {
    const guard = { allowList: allow(`127.0.0.1:${target.port}`), signal: new AbortController().signal }
    const to = { host: '127.0.0.1', port: target.port, secure: false }
    const ownServices = [{ host: 'localhost', port: target.port }]
    await expect(openGuardedSocket(to, { ...guard, ownServices })).rejects.toMatchObject({
      kind: 'blocked',
      reason: 'own_service',
    })
    const socket = await openGuardedSocket(to, guard)
    socket.destroy()
  })

  it('ignores proxies of the environment', async () => {
    reached = 0
    process.env.HTTP_PROXY = 'http://127.0.0.1:9'
    process.env.http_proxy = 'http://127.0.0.1:9'
    const { judgement } = await probe(`${target.url}/`, ANY)
    delete process.env.HTTP_PROXY
    delete process.env.http_proxy
    expect(judgement.outcome).toBe('pass')
    expect(reached).toBe(1)
  })
})
