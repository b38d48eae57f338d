import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { classifyAddress } from '#lib/shared/address.ts'
import { watchConnections } from './attempts.ts'
import { ADDRESSES, stranger, widestList } from './forbidden.ts'
import { connectionsOf, KIND_TABLE, LOOKING_KINDS } from './kind-table.ts'
import { startNameServer } from './name-server.ts'
import { allow, httpServer, look, raw } from './servers.ts'

const wide = widestList()
const watch = watchConnections()
/** What a name that stood for this machine may not become: it is never reached, whatever is listed. */
const NEVER = ADDRESSES.filter((address) => classifyAddress(address) === 'never')
let names: Awaited<ReturnType<typeof startNameServer>>

beforeAll(async () => {
  if (stranger !== undefined) throw new Error(`${stranger} is not forbidden`)
  names = await startNameServer()
})
afterEach(() => {
  watch.drain()
})
afterAll(() => {
  watch.stop()
  names.stop()
})

describe.each(LOOKING_KINDS)('a name that changes under a probe of %s', (kind) => {
  const { scheme, probe } = KIND_TABLE[kind]

  it('is not followed from a public address that it had at the look before', async () => {
    const bad: string[] = []
    const given = { allowList: wide, variables: { TARGET: `${scheme}://public.example:8443` } }
    for (const address of ADDRESSES) {
      names.answer(['93.184.215.14'])
      // The first look ends between its answer and its connection: nothing here asks a real public address.
      const abort = new AbortController()
      const first = await look(probe, {
        ...given,
        signal: abort.signal,
        resolve: async (host) => {
          const found = await names.resolve(host)
          queueMicrotask(() => abort.abort())
          return found
        },
      })
      const seen = connectionsOf(first.observation).flatMap(({ connection }) => connection?.addresses ?? [])
      if (!seen.includes('93.184.215.14')) bad.push(`${address}: not asked`)
      names.answer([address])
      const { judgement } = await look(probe, { ...given, resolve: names.resolve })
      if (judgement.outcome !== 'blocked') bad.push(`${address}: ${judgement.outcome} ${judgement.line}`)
    }
    expect(bad).toEqual([])
    expect(watch.drain()).toEqual([])
  })

  it('is connected to by the address that was looked at, and looked at again for every further connection', async () => {
    const { port } = await raw((socket) => socket.destroy(), '0.0.0.0')
    const variables = { TARGET: `${scheme}://localhost:${port}` }
    for (const address of NEVER) {
      // Whoever asked this name server a second time would get the other answer; whoever asked the system's, 127.0.0.1.
      names.answer(['127.0.0.9'], [address])
      await look(probe, { allowList: allow(`localhost:${port}`), variables, resolve: names.resolve })
      expect(new Set(watch.drain()), address).toEqual(new Set([`127.0.0.9 ${port}`]))
    }
  })
})

describe.each(LOOKING_KINDS.filter((kind) => KIND_TABLE[kind].follows !== undefined))(
  '%s, sent on',
  (kind) => {
    it('does not try another address when a redirect leads to the same name', async () => {
      const { follows = '', leads = 'http' } = KIND_TABLE[kind]
      const bad: string[] = []
      const from = await httpServer((_request, response) => {
        response.writeHead(302, { location: `${leads}://localhost:${fromPort}/again` }).end()
      })
      const fromPort = from.port
      const allowList = [...wide, ...allow(`localhost:${fromPort}`)]
      for (const address of NEVER) {
        names.answer(['127.0.0.1'], [address])
        const variables = { TARGET: `http://localhost:${fromPort}` }
        const { judgement } = await look(follows, { allowList, variables, resolve: names.resolve })
        if (judgement.outcome !== 'blocked') bad.push(`${address}: ${judgement.outcome} ${judgement.line}`)
      }
      await from.close()
      expect(bad).toEqual([])
      expect(new Set(watch.drain())).toEqual(new Set([`127.0.0.1 ${fromPort}`]))
    })
  },
)
