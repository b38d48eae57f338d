import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everyWayTo, ownAddresses, ownDatabase } from '#lib/server/egress/own-places.ts'
import { openGuardedSocket } from '#lib/server/egress/socket.ts'
import { env } from '#lib/server/env.ts'
import { log } from '#lib/server/log.ts'
import { allow, httpServer, type Listening, look } from './servers.ts'

const signal = new AbortController().signal
const outer = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .find(({ internal, family }) => !internal && family === 'IPv4')

let target: Listening
beforeAll(async () => {
  target = await httpServer((_request, response) => response.end('us'), '0.0.0.0')
})
afterAll(() => target.close())

describe('where the database is', () => {
  it.each([
    ['postgresql://u@db.corp/x', 'db.corp', 5432],
    ['postgresql://u:p@DB.corp:6543/x?sslmode=require', 'db.corp', 6543],
    ['postgresql://u@ignored:1/x?host=10.0.0.9&port=6432', '10.0.0.9', 6432],
    ['postgresql://u@[fd00::9]:5432/x', 'fd00::9', 5432],
    ['postgresql:///x?host=/var/run/postgresql', 'localhost', 5432],
    ['postgresql:///x', 'localhost', 5432],
  ])('%s', (address, host, port) => {
    expect(ownDatabase(address)).toEqual({ host, port })
  })
})

describe.skipIf(outer === undefined)('what listens on every interface of this machine', () => {
  const address = outer?.address ?? ''
  const wide = allow(outer?.cidr ? network(outer.cidr) : '10.0.0.0/8')
  const to = () => ({ host: address, port: target.port, secure: false })

  it('is reached there where it is somebody else’s', async () => {
    const socket = await openGuardedSocket(to(), { allowList: wide, signal })
    socket.destroy()
  })

  it('is out of reach there as our database, whatever the list says', async () => {
    const ownServices = [{ host: 'localhost', port: target.port }]
    for (const allowList of [wide, allow(`${address}:${target.port}`)])
      await expect(openGuardedSocket(to(), { allowList, signal, ownServices })).rejects.toMatchObject({
        reason: 'own_service',
      })
  })

  it('is reached there as ourselves by the exact host and port alone', async () => {
    const real = env().PORT
    env().PORT = target.port
    try {
      await expect(openGuardedSocket(to(), { allowList: wide, signal })).rejects.toMatchObject({
        reason: 'own_address',
      })
      const socket = await openGuardedSocket(to(), { allowList: allow(`${address}:${target.port}`), signal })
      socket.destroy()
    } finally {
      env().PORT = real
    }
  })
})

describe('a service of our own whose name does not resolve', () => {
  it('closes its port to everybody, in words that name nobody; the log names it', async () => {
    const { DATABASE_URL } = env()
    const logged = vi.spyOn(log(), 'error')
    try {
      env().DATABASE_URL = `postgresql://u@own-db.invalid:${target.port}/x`
      const asked = `127.0.0.1:${target.port}`
      const { judgement, observation } = await look(`tcp ${asked} expect open`, { allowList: allow(asked) })
      expect(judgement).toMatchObject({ outcome: 'blocked', verdict: 'inconclusive' })
      expect(judgement.line).toMatch(/one of its own services.*server's log/)
      expect(JSON.stringify([judgement, observation])).not.toMatch(/own-db|does not resolve/)
      expect(observation.connection).toMatchObject({ host: '127.0.0.1', used: null })
      const err = expect.objectContaining({ message: expect.stringContaining('own-db.invalid') })
      expect(logged.mock.calls).toEqual([[expect.objectContaining({ err }), expect.any(String)]])
      // At every other port there is nothing to tell apart.
      env().DATABASE_URL = 'postgresql://u@own-db.invalid:1/x'
      expect((await look(`tcp ${asked} expect open`, { allowList: allow(asked) })).judgement.outcome).toBe(
        'pass',
      )
    } finally {
      env().DATABASE_URL = DATABASE_URL
      logged.mockRestore()
    }
  })
})

describe('our own address', () => {
  const own = ownAddresses({ PUBLIC_URL: 'https://localhost:8443', PORT: 3000 })

  it('is that of whoever asks for one of its numbers, and not of the other names behind it', async () => {
    expect(own).toEqual([
      { host: 'localhost', port: 8443 },
      { host: 'localhost', port: 3000 },
    ])
    const behind = ownAddresses({ PUBLIC_URL: 'https://nobody.invalid', PORT: 3000 })
    const ways = (host: string) => everyWayTo(behind, { host, port: 443, signal })
    expect(await ways('app.example')).toEqual([{ host: 'nobody.invalid', port: 443 }])
    expect(await ways('10.0.0.5')).toEqual([{ host: 'nobody.invalid', port: 443 }])
  })
})

/** The network of an address with its length, such as 192.0.2.7/24. */
function network(cidr: string): string {
  const [address = '', bits = '32'] = cidr.split('/')
  const keep = Math.max(8, Number(bits))
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - keep)
  const base = Math.floor(number / size) * size
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${keep}`
}
