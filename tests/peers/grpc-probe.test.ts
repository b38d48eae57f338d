import { readFileSync, rmSync } from 'node:fs'
import grpc from '@grpc/grpc-js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { healthStatus } from '#lib/probes/grpc-health.ts'
import { startGrpc } from './grpc-server.ts'
import { authority, certificate, newFolder } from './processes.ts'
import { allow, look, raw, serve } from './servers.ts'

describe('a gRPC health probe against grpc-js', () => {
  const folder = newFolder('grpc')
  let plain: Awaited<ReturnType<typeof startGrpc>>
  let secure: Awaited<ReturnType<typeof startGrpc>>
  let ca = ''

  beforeAll(async () => {
    ca = authority(folder, 'ca', 30)
    certificate(folder, { name: 'api', by: 'ca', host: 'localhost', days: 20 })
    const read = (end: string) => readFileSync(`${folder}/api.${end}`)
    plain = await startGrpc(grpc.ServerCredentials.createInsecure())
    secure = await startGrpc(
      grpc.ServerCredentials.createSsl(null, [{ cert_chain: read('pem'), private_key: read('key') }]),
    )
  })
  afterAll(() => {
    plain.server.forceShutdown()
    secure.server.forceShutdown()
    rmSync(folder, { recursive: true, force: true })
  })

  const at = (url: string, rest: string, variables: Record<string, string> = {}) =>
    look(`grpc $\{GRPC_URL} ${rest}`, {
      variables: { GRPC_URL: url, ...variables },
      allowList: allow(new URL(url.replace(/^grpcs?/, 'http')).host),
      resolve: async () => ['127.0.0.1'],
    })

  it.each<[string, string, string]>([
    ['expect serving, time < 5s', 'pass', 'SERVING'],
    ['expect serving, service "shop.Cart"', 'pass', 'SERVING'],
    ['expect serving, service "shop.Newer"', 'pass', 'SERVING'],
    ['expect serving, service "shop.Down"', 'fail', 'NOT_SERVING · wanted serving'],
    ['expect serving, service "shop.None"', 'fail', 'NOT_FOUND: unknown service'],
    ['expect serving, service "shop.Away"', 'fail', 'UNAVAILABLE: draining'],
    ['expect serving, service "shop.Quiet"', 'inconclusive', 'UNKNOWN'],
    ['expect serving, service "shop.Strange"', 'inconclusive', 'not a health answer'],
    ['expect serving, service "shop.Broken"', 'inconclusive', 'not a health answer'],
    ['expect serving, service "shop.Old"', 'inconclusive', 'UNIMPLEMENTED: no health service'],
    ['expect time < 5s', 'pass', 'SERVING'],
    ['expect time < 5s, service "shop.Down"', 'fail', 'NOT_SERVING · wanted serving'],
    ['expect time < 5s, warn serving, service "shop.Down"', 'fail', 'NOT_SERVING · wanted serving'],
    ['expect time < 5s, service "shop.None"', 'fail', 'NOT_FOUND: unknown service'],
    ['expect time < 5s, service "shop.Away"', 'fail', 'UNAVAILABLE: draining'],
    ['expect time < 5s, service "shop.Quiet"', 'inconclusive', 'UNKNOWN · wanted serving'],
    ['expect time < 5s, service "shop.Old"', 'inconclusive', 'UNIMPLEMENTED: no health service'],
    ['expect serving, service "shop.Locked"', 'error', 'the server wants other credentials'],
  ])('%s: %s', async (rest, outcome, line) => {
    const { judgement } = await at(`grpc://127.0.0.1:${plain.port}`, rest)
    expect(judgement).toMatchObject({ outcome })
    expect(judgement.line).toContain(line)
  })

  it('over TLS with the authorities of a variable, and not without', async () => {
    const url = `grpcs://localhost:${secure.port}`
    const { judgement, observation } = await at(url, 'ca $' + '{GRPC_CA} expect serving', { GRPC_CA: ca })
    expect(judgement.outcome).toBe('pass')
    expect(observation).toMatchObject({ tls: { trusted: true }, address: url })
    expect((await at(url, 'expect serving')).judgement).toMatchObject({ outcome: 'fail' })
    expect((await at(url, 'ca $' + '{GRPC_CA} expect serving', { GRPC_CA: 'x' })).judgement.outcome).toBe(
      'error',
    )
  })

  it('a server that refuses fails; one that speaks something else, or nothing, is not passed', async () => {
    expect((await at('grpc://127.0.0.1:2', 'expect serving')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'connection refused',
    })
    const page = await serve((_request, response) => response.end('hello'))
    expect((await at(page.url, 'expect serving')).judgement).toMatchObject({
      outcome: 'error',
      line: 'the answer is not HTTP/2; check port and scheme',
    })
    const silent = await raw(() => undefined)
    expect((await at(silent.url, 'expect serving, timeout 300ms')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'no whole answer within 300 ms',
    })
  })
})

it('no bytes make the reader of health answers throw, and only SERVING is serving', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      healthStatus(bytes)
    }),
  )
  expect(healthStatus(new Uint8Array([0x08, 1]))).toBe('SERVING')
  expect(healthStatus(new Uint8Array([0x12, 9, 0x08, 1]))).toBeNull()
})
