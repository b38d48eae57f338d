import { describe, expect, it } from 'vitest'
import { httpServer, probe, raw, sample, serve } from './servers.ts'

const OK = 'expect status == 200'

describe('targets that do not answer', () => {
  it('refused is a failure of the target', async () => {
    const server = await httpServer(() => undefined)
    await server.close()
    const { judgement } = await probe(`${server.url}/`, OK)
    expect(judgement).toMatchObject({ outcome: 'fail', line: 'connection refused' })
  })

  it('a deadline covers the whole probe, redirects included', async () => {
    const { url } = await serve((request, response) => {
      const step = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('n') ?? 0)
      setTimeout(() => response.writeHead(302, { location: `/?n=${step + 1}` }).end(), 300)
    })
    const { observation, judgement } = await probe(`${url}/`, `${OK}, redirects follow 10, timeout 500ms`)
    expect(judgement).toMatchObject({ outcome: 'fail', line: 'no whole answer within 500 ms' })
    expect(observation.redirects.length).toBeGreaterThan(0)
    expect(Number(observation.phases.total)).toBeLessThan(2500)
  })

  it('cancelling closes the socket and leaves nothing to store', async () => {
    const target = await sample()
    target.broken.add('hang')
    const cancel = new AbortController()
    const running = probe(`${target.url}/`, OK, { signal: cancel.signal })
    await expect.poll(() => target.seen().requests).toBe(1)
    expect(target.seen().aborted).toBe(0)
    cancel.abort()
    const { observation, judgement } = await running
    expect(observation.error?.kind).toBe('cancelled')
    expect(judgement).toMatchObject({ outcome: 'skipped', verdict: 'inconclusive' })
    await expect.poll(() => target.seen().aborted).toBe(1)
  })

  it('does not connect when it is cancelled before it starts', async () => {
    const target = await sample()
    const { observation } = await probe(`${target.url}/`, OK, { signal: AbortSignal.abort() })
    expect(observation.error?.kind).toBe('cancelled')
    expect(target.seen().requests).toBe(0)
  })

  it.each<[string, string, string, string]>([
    ['hangs up', '', 'closed', 'fail'],
    ['speaks another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'protocol', 'error'],
    ['ends in mid-body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort', 'closed', 'fail'],
    [
      'ends in mid-chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nshort',
      'closed',
      'fail',
    ],
    [
      'has two lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc',
      'protocol',
      'error',
    ],
    [
      'switches protocols',
      'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
      'protocol',
      'error',
    ],
    [
      'floods with one header',
      `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      'headers_too_large',
      'error',
    ],
    [
      'floods with headers',
      `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(5_000)}\r\n`,
      'headers_too_large',
      'error',
    ],
  ])('a server that %s', async (_what, bytes, kind, outcome) => {
    const { url } = await raw((socket) => {
      socket.once('data', () => socket.end(bytes))
    })
    const { observation, judgement } = await probe(`${url}/`, OK)
    expect(observation.error?.kind).toBe(kind)
    expect(judgement.outcome).toBe(outcome)
  })

  it('a slow drip ends before the deadline', async () => {
    const { url } = await serve((_request, response) => {
      response.write('x')
      const drip = setInterval(() => response.write('x'), 100)
      response.on('close', () => clearInterval(drip))
    })
    const { observation } = await probe(`${url}/`, `${OK}, timeout 10s`)
    expect(observation.error).toEqual({
      kind: 'slow',
      message: 'the body arrives slower than 64 bytes a second',
    })
    expect(Number(observation.phases.total)).toBeLessThan(5000)
  })
})
