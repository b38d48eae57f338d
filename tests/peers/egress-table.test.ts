import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import net from 'node:net'
import dnsPacket from 'dns-packet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PULLED_KINDS } from '#lib/probes/kinds.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import { canonicalAddress, classifyAddress } from '#lib/shared/address.ts'
import { FORBIDDEN, WITH_USER, widestList } from './forbidden.ts'
import { KIND_TABLE } from './kind-table.ts'
import { allow, httpServer, look } from './servers.ts'

const FOLLOWERS = PULLED_KINDS.filter((kind) => KIND_TABLE[kind].follows !== undefined)
const wide = widestList()
/** Every address that the forbidden spellings stand for, and that a name server could answer with. */
const ADDRESSES = [
  ...new Set(
    FORBIDDEN.map((host) =>
      canonicalAddress(new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '')),
    ).filter((address) => address !== null),
  ),
]

/** Counts whoever comes in by any address of this machine. */
const listener = net.createServer((socket) => {
  reached += 1
  socket.on('error', () => undefined).destroy()
})
let reached = 0
let port = 0

/** A name server on loopback; `answers` says what the next question for an A or AAAA record is answered with. */
const nameServer = createSocket('udp4')
let answers: readonly string[][] = []
const asked = { A: 0, AAAA: 0 }
let resolve: Resolve

beforeAll(async () => {
  // A slip in the table must not become a packet to a stranger.
  const stranger = ADDRESSES.find((address) => !['loopback', 'never'].includes(classifyAddress(address)))
  if (stranger !== undefined) throw new Error(`${stranger} is not forbidden`)
  await new Promise<void>((done) => {
    listener.listen(0, '::', () => done())
  })
  const address = listener.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  nameServer.on('message', (packet, from) => {
    const { id, questions = [] } = dnsPacket.decode(packet)
    const [question] = questions
    const type = question?.type === 'AAAA' ? 'AAAA' : 'A'
    const round = answers[Math.min(asked[type]++, answers.length - 1)] ?? []
    const wanted = round.filter((data) => net.isIPv6(data) === (type === 'AAAA'))
    const found = wanted.map((data) => ({ type, name: question?.name ?? '', ttl: 0, data }) as const)
    const flags = dnsPacket.AUTHORITATIVE_ANSWER
    nameServer.send(
      dnsPacket.encode({ type: 'response', id: id ?? 0, flags, questions, answers: found }),
      from.port,
    )
  })
  await new Promise<void>((done) => {
    nameServer.bind(0, '127.0.0.1', () => done())
  })
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${nameServer.address().port}`])
  resolve = async (host) => {
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    return [v4, v6].flatMap((family) => (family.status === 'fulfilled' ? family.value : []))
  }
})
afterAll(async () => {
  nameServer.close()
  await new Promise((done) => {
    listener.close(done)
  })
})

function answering(...rounds: string[][]): void {
  answers = rounds
  asked.A = 0
  asked.AAAA = 0
}

describe('the table of what is never reached', () => {
  it('has its listener in reach of every form that this machine would take', async () => {
    reached = 0
    const socket = net.connect(port, '127.0.0.1')
    await new Promise((done) => {
      socket.once('close', done)
    })
    expect(reached).toBe(1)
    expect(FORBIDDEN.length).toBeGreaterThanOrEqual(60)
    expect(new Set(FORBIDDEN).size).toBe(FORBIDDEN.length)
    // The list is as wide as it claims: it lets through what is inside and public.
    expect(wide.length).toBeGreaterThan(250)
  })

  describe.each(PULLED_KINDS)('%s', (kind) => {
    const { scheme, probe } = KIND_TABLE[kind]

    it('does not reach any spelling, under the widest list', async () => {
      reached = 0
      const bad: string[] = []
      for (const host of FORBIDDEN) {
        const variables = { TARGET: `${scheme}://${host}:${port}` }
        const { judgement, observation } = await look(probe, { allowList: wide, variables })
        if (
          judgement.outcome !== 'blocked' ||
          judgement.verdict !== 'inconclusive' ||
          judgement.line.length < 20
        )
          bad.push(`${host}: ${judgement.outcome} ${judgement.line}`)
        if (observation.connection?.used !== null) bad.push(`${host} was connected to`)
      }
      expect(bad).toEqual([])
      expect(reached).toBe(0)
    })

    it('does not take the name before an @ for the host', async () => {
      reached = 0
      const bad: string[] = []
      for (const host of WITH_USER) {
        const variables = { TARGET: `${scheme}://${host}:${port}` }
        const { judgement, observation } = await look(probe, { allowList: wide, variables })
        const isRefused = observation.error?.kind === 'config' && observation.connection === null
        if (judgement.outcome !== 'blocked' && !isRefused)
          bad.push(`${host}: ${judgement.outcome} ${judgement.line}`)
      }
      expect(bad).toEqual([])
      expect(reached).toBe(0)
    })

    it('does not reach any address that a name server answers with, alone or among good ones', async () => {
      reached = 0
      const bad: string[] = []
      const variables = { TARGET: `${scheme}://public.example:${port}` }
      for (const address of ADDRESSES) {
        for (const round of [[address], ['93.184.215.14', '2606:4700::1111', address]]) {
          answering(round)
          const { judgement } = await look(probe, { allowList: wide, variables, resolve })
          if (judgement.outcome !== 'blocked') bad.push(`${round}: ${judgement.outcome} ${judgement.line}`)
        }
      }
      expect(bad).toEqual([])
      expect(reached).toBe(0)
    })

    it('does not reach any address by a name that was public when it was asked before', async () => {
      reached = 0
      const bad: string[] = []
      const variables = { TARGET: `${scheme}://public.example:${port}` }
      for (const address of ADDRESSES) {
        answering(['93.184.215.14'], [address])
        // The first look ends between its answer and its connection: nothing here asks a real public address.
        const abort = new AbortController()
        const first = await look(probe, {
          allowList: wide,
          variables,
          signal: abort.signal,
          resolve: async (host) => {
            const found = await resolve(host)
            queueMicrotask(() => abort.abort())
            return found
          },
        })
        if (first.observation.connection?.addresses[0] !== '93.184.215.14') bad.push(`${address}: not asked`)
        const second = await look(probe, { allowList: wide, variables, resolve })
        if (second.judgement.outcome !== 'blocked')
          bad.push(`${address}: ${second.judgement.outcome} ${second.judgement.line}`)
      }
      expect(bad).toEqual([])
      expect(reached).toBe(0)
    })
  })

  describe.each(FOLLOWERS)('%s, sent on', (kind) => {
    const { follows } = KIND_TABLE[kind]

    it('does not reach any spelling by a redirect', async () => {
      reached = 0
      const bad: string[] = []
      let to = ''
      const from = await httpServer((_request, response) => response.writeHead(302, { location: to }).end())
      const allowList = [...wide, ...allow(new URL(from.url).host)]
      for (const host of [...FORBIDDEN, ...WITH_USER]) {
        const isSpelling = (FORBIDDEN as readonly string[]).includes(host)
        to = `http://${host}:${port}/`.replace(/[^ -~]/g, encodeURIComponent)
        const { judgement } = await look(follows ?? '', { allowList, variables: { TARGET: from.url } })
        const wanted = isSpelling ? 'blocked' : 'fail'
        if (judgement.outcome !== wanted) bad.push(`${host}: ${judgement.outcome} ${judgement.line}`)
      }
      await from.close()
      expect(bad).toEqual([])
      expect(reached).toBe(0)
    })

    it('does not reach another address when a redirect leads to the same name', async () => {
      reached = 0
      const bad: string[] = []
      const from = await httpServer((_request, response) => {
        response.writeHead(302, { location: `http://localhost:${fromPort}/again` }).end()
      })
      const fromPort = from.port
      const allowList = [...wide, ...allow(`localhost:${fromPort}`)]
      for (const address of ADDRESSES.filter((one) => classifyAddress(one) === 'never')) {
        answering(['127.0.0.1'], [address])
        const variables = { TARGET: `http://localhost:${fromPort}` }
        const { judgement } = await look(follows ?? '', { allowList, variables, resolve })
        if (judgement.outcome !== 'blocked') bad.push(`${address}: ${judgement.outcome} ${judgement.line}`)
      }
      await from.close()
      expect(bad).toEqual([])
      expect(reached).toBe(0)
    })
  })
})
