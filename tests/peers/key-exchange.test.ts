import { readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import type net from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authority, certificate, newFolder } from './processes.ts'
import { allow, look } from './servers.ts'

/** Only X25519 is guessed in the first message: servers that take others ask for it again (RFC 8446, 4.1.4). */
const GROUPS = ['X25519', 'P-256', 'P-384', 'P-521', 'X25519MLKEM768', 'P-521:X25519MLKEM768'] as const

describe('a server that takes one way of agreeing on a key', () => {
  const folder = newFolder('groups')
  const servers: https.Server[] = []
  const ports = new Map<string, number>()
  let ca = ''

  const listening = async (name: string, options: https.ServerOptions) => {
    const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`${folder}/site.${end}`))
    const server = https.createServer({ key, cert, ...options }, (_request, response) => {
      response.end('ok')
    })
    servers.push(server)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve())
    })
    const address: net.AddressInfo | string | null = server.address()
    ports.set(name, typeof address === 'object' && address !== null ? address.port : 0)
  }
  beforeAll(async () => {
    ca = authority(folder, 'ca', 30)
    certificate(folder, { name: 'site', by: 'ca', host: 'localhost', days: 20 })
    for (const group of GROUPS) await listening(group, { ecdhCurve: group, minVersion: 'TLSv1.3' })
    await listening('TLS 1.2, P-384', { ecdhCurve: 'P-384', maxVersion: 'TLSv1.2' })
    await listening('none of ours', { ecdhCurve: 'X448', minVersion: 'TLSv1.3' })
  })
  afterAll(() => {
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const at = (name: string, kind: 'http' | 'tls', rest: string) => {
    const host = `localhost:${ports.get(name)}`
    return look(`${kind} https://${host} expect ${rest}, ca $\{CA}`, {
      variables: { CA: ca },
      allowList: allow(host),
    })
  }

  it.each([...GROUPS, 'TLS 1.2, P-384'])('%s, is asked and its handshake is seen', async (name) => {
    expect((await at(name, 'http', 'status == 200, body contains ok')).judgement.outcome).toBe('pass')
    expect((await at(name, 'tls', 'trusted, hostname, days-left >= 14')).judgement.outcome).toBe('pass')
  })

  it.each(GROUPS)('%s, is tried version by version too', async (name) => {
    expect((await at(name, 'tls', 'offers 1.3, refuses 1.2')).judgement.outcome).toBe('pass')
  })

  it('that nobody offers, is an error and no finding', async () => {
    const { judgement } = await at('none of ours', 'http', 'status == 200')
    expect(judgement).toMatchObject({
      outcome: 'error',
      line: 'the TLS handshake failed: no version or cipher in common',
    })
  })
})
