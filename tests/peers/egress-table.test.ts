import net from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { watchConnections } from './attempts.ts'
import { ADDRESSES, FORBIDDEN, stranger, WITH_USER, widestList } from './forbidden.ts'
import { connectionsOf, KIND_TABLE, LOOKING_KINDS, type LookingKind } from './kind-table.ts'
import { startNameServer } from './name-server.ts'
import { allow, httpServer, look } from './servers.ts'

const FOLLOWERS = LOOKING_KINDS.filter((kind) => KIND_TABLE[kind].follows !== undefined)
const wide = widestList()

/** Takes whoever comes in by any address of this machine; who tried is told by `watch`, as more is forbidden than what arrives here. */
const listener = net.createServer((socket) => socket.on('error', () => undefined).destroy())
const watch = watchConnections()
let port = 0
let names: Awaited<ReturnType<typeof startNameServer>>

beforeAll(async () => {
  // A slip in the table must not become a packet to a stranger.
  if (stranger !== undefined) throw new Error(`${stranger} is not forbidden`)
  await new Promise<void>((done) => {
    listener.listen(0, '::', () => done())
  })
  const address = listener.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  names = await startNameServer()
})
afterEach(() => {
  expect(watch.drain()).toEqual([])
})
afterAll(async () => {
  watch.stop()
  names.stop()
  await new Promise((done) => {
    listener.close(done)
  })
})

type Given = Parameters<typeof look>[1]

/** What a look under the widest list did that it should not have done; null where it was blocked, with a sentence to act on. */
async function wrongWith(probe: string, target: string, given: Given = {}): Promise<string | null> {
  const variables = { TARGET: target }
  const { judgement, observation } = await look(probe, { allowList: wide, variables, ...given })
  const { outcome, verdict, line } = judgement
  const isUsed = connectionsOf(observation).some(({ connection }) => (connection?.used ?? null) !== null)
  const isBlocked = outcome === 'blocked' && verdict === 'inconclusive' && line.length >= 20
  return isBlocked && !isUsed ? null : `${target}: ${outcome}${isUsed ? ', connected' : ''}: ${line}`
}

async function wrongOf(kind: LookingKind, looks: { host: string; given?: Given }[]): Promise<string[]> {
  const { scheme, probe } = KIND_TABLE[kind]
  const bad: (string | null)[] = []
  for (const { host, given } of looks) bad.push(await wrongWith(probe, `${scheme}://${host}:${port}`, given))
  return bad.filter((one) => one !== null)
}

describe('the table of what is never reached', () => {
  it('sees every connection that is begun, and has a list as wide as can be written', async () => {
    const socket = net.connect(port, '127.0.0.1')
    await new Promise((done) => {
      socket.once('close', done)
    })
    expect(watch.drain()).toEqual([`127.0.0.1 ${port}`])
    expect(FORBIDDEN.length).toBeGreaterThanOrEqual(60)
    expect(new Set(FORBIDDEN).size).toBe(FORBIDDEN.length)
    expect(wide.length).toBeGreaterThan(250)
    expect(LOOKING_KINDS).toContain('composite')
  })

  describe.each(LOOKING_KINDS)('%s', (kind) => {
    it('does not try any spelling, under the widest list', async () => {
      expect(
        await wrongOf(
          kind,
          FORBIDDEN.map((host) => ({ host })),
        ),
      ).toEqual([])
    })

    it('does not take the name before an @ for the host', async () => {
      const { scheme, probe } = KIND_TABLE[kind]
      for (const host of WITH_USER) {
        const variables = { TARGET: `${scheme}://${host}:${port}` }
        const { judgement, observation } = await look(probe, { allowList: wide, variables })
        expect(['blocked', 'error'], `${host}: ${judgement.line}`).toContain(judgement.outcome)
        for (const { connection, error } of connectionsOf(observation)) {
          expect(connection?.used ?? null).toBeNull()
          expect(['blocked', 'config']).toContain(error?.kind)
        }
      }
    })

    it('does not try any address that a name server answers with, alone or among good ones', async () => {
      const bad: string[] = []
      for (const address of ADDRESSES)
        for (const round of [[address], ['93.184.215.14', '2606:4700::1111', address]]) {
          names.answer(round)
          bad.push(...(await wrongOf(kind, [{ host: 'public.example', given: { resolve: names.resolve } }])))
        }
      expect(bad).toEqual([])
    })
  })

  describe.each(FOLLOWERS)('%s, sent on', (kind) => {
    it('does not try any spelling by a redirect', async () => {
      const { follows = '', leads = 'http' } = KIND_TABLE[kind]
      const bad: string[] = []
      let to = ''
      const from = await httpServer((_request, response) => response.writeHead(302, { location: to }).end())
      const allowList = [...wide, ...allow(new URL(from.url).host)]
      for (const host of [...FORBIDDEN, ...WITH_USER]) {
        const isSpelling = (FORBIDDEN as readonly string[]).includes(host)
        to = `${leads}://${host}:${port}/`.replace(/[^ -~]/g, encodeURIComponent)
        const { judgement } = await look(follows, { allowList, variables: { TARGET: from.url } })
        if (judgement.outcome !== (isSpelling ? 'blocked' : 'fail'))
          bad.push(`${host}: ${judgement.outcome} ${judgement.line}`)
      }
      await from.close()
      expect(bad).toEqual([])
      expect(new Set(watch.drain())).toEqual(new Set([`127.0.0.1 ${from.port}`]))
    })
  })
})
