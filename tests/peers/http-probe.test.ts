import type { IncomingMessage } from 'node:http'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { observationSchema } from '#lib/probes/observation.ts'
import { canonical } from '#lib/shared/canonical.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { allow, probe, serve } from './servers.ts'

const OK = 'expect status == 200'

describe('what is observed', () => {
  it('is canonical, complete and without secrets', async () => {
    const body = `{"ok":true,"echo":"opaque-value-1"}`
    const { url } = await serve((request, response) => {
      response.setHeader('set-cookie', 'sid=abcdef; HttpOnly')
      response.setHeader('x-echo', request.headers.authorization ?? '')
      response.end(body)
    })
    const token = '$' + '{API_TOKEN}'
    const { observation, judgement } = await probe(
      `${url}/a?api_key=k1&x=2`,
      `${OK}, json ok == true, header x-echo present, header set-cookie contains HttpOnly, send authorization: "Bearer ${token}"`,
      { variables: { API_TOKEN: 'opaque-value-1' } },
    )
    expect(judgement.outcome).toBe('pass')
    expect(observationSchema.parse(JSON.parse(canonical(observation)))).toEqual(observation)
    expect(canonical(observation)).not.toMatch(/opaque-value-1|k1&|abcdef;/)
    expect(observation.request).toMatchObject({ method: 'GET', url: `${url}/a?api_key=•••&x=2` })
    expect(observation.request?.headers).toContainEqual({ name: 'authorization', value: '•••' })
    expect(observation.body).toMatchObject({ bytes: body.length, sha256: sha256Hex(body), cut: null })
    expect(Object.values(observation.phases).filter((phase) => phase !== null)).toHaveLength(5)
    expect(observation.response?.headerNames).toContain('set-cookie')
  })

  it('sends what the probe says, and nothing of the environment', async () => {
    let seen: IncomingMessage['headers'] = {}
    let method = ''
    const { url, port } = await serve((request, response) => {
      seen = request.headers
      method = request.method ?? ''
      response.end()
    })
    await probe(`${url}/`, `${OK}, send accept-encoding: gzip, send x-a: "b c"`)
    expect(seen).toEqual({
      host: `127.0.0.1:${port}`,
      connection: 'close',
      'user-agent': 'Countersign-Probe/1',
      accept: '*/*',
      'accept-encoding': 'gzip',
      'x-a': 'b c',
    })
    for (const verb of ['HEAD', 'OPTIONS', 'POST'] as const) {
      const { judgement } = await probe(`${url}/`, OK, { method: verb })
      expect(judgement.outcome).toBe('pass')
      expect(method).toBe(verb)
    }
  })
})

describe('bodies', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('%s is decoded', async (encoding, encode) => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(encode(Buffer.from('Welcome, friend')))
    })
    const { observation, judgement } = await probe(`${url}/`, 'expect body contains "Welcome"')
    expect(judgement.outcome).toBe('pass')
    expect(observation.body).toMatchObject({ encoding, bytes: 15, excerpt: 'Welcome, friend' })
  })

  it('a bomb is cut at 100 times its size', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    const before = process.memoryUsage().rss
    const { observation, judgement } = await probe(`${url}/`, `${OK}, body lacks "x", limit 10MiB`)
    expect(observation.body?.cut).toBe('ratio')
    expect(observation.body?.bytes ?? 0).toBeLessThanOrEqual(
      (observation.body?.wireBytes ?? 0) * 100 + 1_048_576,
    )
    expect(judgement.verdict).toBe('inconclusive')
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024)
  })

  it('an endless body is cut at the limit, and what was found before counts', async () => {
    const { url } = await serve((_request, response) => {
      const chunk = Buffer.alloc(65_536, 'y')
      const pour = () => {
        while (response.write(chunk));
      }
      response.write('Welcome')
      response.on('drain', pour)
      pour()
    })
    const { observation, judgement } = await probe(`${url}/`, `${OK}, body contains "Welcome", limit 64KiB`)
    expect(judgement.outcome).toBe('pass')
    expect(observation.body).toMatchObject({ bytes: 65_536, cut: 'limit', sha256: null })
    const missing = await probe(`${url}/`, `${OK}, body contains "Goodbye", limit 64KiB`)
    expect(missing.judgement).toMatchObject({
      outcome: 'inconclusive',
      line: 'body cut after 65536 B · wanted contains "Goodbye"',
    })
  })

  it('a body of exactly the limit is whole', async () => {
    const { url } = await serve((_request, response) => response.end('x'.repeat(1024)))
    const { observation } = await probe(`${url}/`, `${OK}, limit 1KiB`)
    expect(observation.body).toMatchObject({ bytes: 1024, cut: null })
  })

  it('a coding that lies is a failure, an unknown one is unknown', async () => {
    const { url } = await serve((request, response) => {
      response
        .writeHead(200, { 'content-encoding': request.url === '/lie' ? 'gzip' : 'rot13' })
        .end('plain text')
    })
    const lie = await probe(`${url}/lie`, OK)
    expect(lie.judgement).toMatchObject({ outcome: 'fail', line: 'the body does not decode as gzip' })
    const odd = await probe(`${url}/odd`, `${OK}, body lacks "x"`)
    expect(odd.observation.body?.cut).toBe('undecodable')
    expect(odd.judgement.outcome).toBe('inconclusive')
    expect((await probe(`${url}/odd`, OK)).judgement.outcome).toBe('pass')
  })

  it('an empty body with a coding is an empty body', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(204, { 'content-encoding': 'gzip' }).end(),
    )
    expect((await probe(`${url}/`, 'expect status == 204')).judgement.outcome).toBe('pass')
  })
})

describe('redirects', () => {
  it('are the answer itself unless the probe follows them', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/end') response.end('Welcome')
      else response.writeHead(301, { location: '/end' }).end()
    })
    expect((await probe(`${url}/`, 'expect status == 301')).judgement.outcome).toBe('pass')
    expect((await probe(`${url}/`, 'expect body contains Welcome')).judgement.outcome).toBe('fail')
    const followed = await probe(`${url}/`, 'expect body contains Welcome, redirects same-host')
    expect(followed.judgement.outcome).toBe('pass')
    expect(followed.observation.redirects).toEqual([{ status: 301, from: `${url}/`, to: `${url}/end` }])
  })

  it('in a circle and without end are failures', async () => {
    const { url } = await serve((request, response) => {
      const [, kind = '', step = '0'] = (request.url ?? '').split('/')
      const location = kind === 'circle' ? '/circle' : `/on/${Number(step) + 1}`
      response.writeHead(302, { location }).end()
    })
    const circle = await probe(`${url}/circle`, `${OK}, redirects follow`)
    expect(circle.judgement).toMatchObject({ outcome: 'fail', line: 'the redirects go round in a circle' })
    const endless = await probe(`${url}/on`, `${OK}, redirects follow 3`)
    expect(endless.judgement).toMatchObject({ outcome: 'fail', line: 'more than 3 redirects' })
    expect(endless.observation.redirects).toHaveLength(3)
  })

  it('to another origin do not carry credentials', async () => {
    let seen: IncomingMessage['headers'] = {}
    const other = await serve((request, response) => {
      seen = request.headers
      response.end()
    })
    const { url, port } = await serve((_request, response) =>
      response.writeHead(307, { location: `${other.url}/` }).end(),
    )
    const { judgement } = await probe(
      `${url}/`,
      `${OK}, redirects follow, send authorization: "Bearer abcdef", send x-plain: a`,
      {
        allowList: allow(`127.0.0.1:${port}`, `127.0.0.1:${other.port}`),
      },
    )
    expect(judgement.outcome).toBe('pass')
    expect(seen.authorization).toBeUndefined()
    expect(seen['x-plain']).toBe('a')
  })
})
