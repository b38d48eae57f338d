import { readFileSync, rmSync } from 'node:fs'
import http2 from 'node:http2'
import type net from 'node:net'
import tls from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authority, certificate, newFolder } from './processes.ts'
import { allow, look } from './servers.ts'

type Answer = (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void

const OK = { ':status': 200 } as const
const cutOff = (stream: http2.ServerHttp2Stream) => setTimeout(() => stream.session?.socket.destroy(), 30)

/** What a server does on a path: the same troubles as over HTTP/1.1. */
const PATHS: Readonly<Record<string, Answer>> = {
  '/': (stream, headers) => {
    stream.respond({ ...OK, 'x-line': ['one', 'two'], 'x-authority': headers[':authority'] ?? '' })
    stream.end('hello')
  },
  '/go': (stream) => stream.respond({ ':status': 302, location: '/' }, { endStream: true }),
  '/hints': (stream) => {
    stream.additionalHeaders({ ':status': 103, link: '</a.css>; rel=preload' })
    stream.respond(OK)
    stream.end('after hints')
  },
  '/gzip': (stream) => {
    stream.respond({ ...OK, 'content-encoding': 'gzip' })
    stream.end(gzipSync('packed'))
  },
  '/bomb': (stream) => {
    stream.respond({ ...OK, 'content-encoding': 'gzip' })
    stream.end(gzipSync(Buffer.alloc(30_000_000)))
  },
  '/broken': (stream) => {
    stream.respond({ ...OK, 'content-encoding': 'gzip' })
    stream.end('this is not compressed')
  },
  '/long': (stream) => {
    stream.respond(OK)
    stream.end(Buffer.alloc(3_000_000, 'x'))
  },
  '/large-head': (stream) => {
    stream.respond({ ...OK, x: 'a'.repeat(20_000) })
    stream.end()
  },
  '/flood': (stream) => {
    stream.respond({
      ...OK,
      ...Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`x${n}`, 'a'.repeat(4_000)])),
    })
    stream.end()
  },
  '/many': (stream) => {
    stream.respond({ ...OK, ...Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`x${n}`, 'y'])) })
    stream.end('many')
  },
  '/half': (stream) => {
    stream.respond({ ...OK, 'content-length': '100' })
    stream.write('half')
    cutOff(stream)
  },
  '/half-unsaid': (stream) => {
    stream.respond(OK)
    stream.write('half')
    cutOff(stream)
  },
  '/short': (stream) => {
    stream.respond({ ...OK, 'content-length': '100' })
    stream.end('short')
  },
  '/reset': (stream) => stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR),
  '/wants-1': (stream) => stream.close(http2.constants.NGHTTP2_HTTP_1_1_REQUIRED),
  '/hang-up': (stream) => stream.session?.socket.destroy(),
  '/away': (stream) => stream.session?.goaway(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM),
  '/silent': () => undefined,
  '/drip': (stream) => {
    stream.respond(OK)
    const drip = setInterval(() => stream.write('x'), 100)
    stream.once('close', () => clearInterval(drip))
  },
  '/post': (stream, headers) => {
    stream.respond({ ...OK, 'x-length': headers['content-length'] ?? 'none' })
    stream.pipe(stream)
  },
  '/events': (stream) => {
    stream.respond({ ...OK, 'content-type': 'text/event-stream' })
    stream.write('event: ready\ndata: now\n\n')
  },
}

describe('HTTP/2', () => {
  const folder = newFolder('http2')
  const open = new Set<net.Socket>()
  let ca = ''
  let both: http2.Http2SecureServer
  let garbage: tls.Server

  const portOf = (server: net.Server) => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }
  const listening = (server: net.Server) =>
    new Promise<void>((resolve) => {
      server
        .on('secureConnection', (socket: net.Socket) => {
          open.add(socket)
          socket.on('error', () => undefined).once('close', () => open.delete(socket))
        })
        .listen(0, '127.0.0.1', () => resolve())
    })

  beforeAll(async () => {
    ca = authority(folder, 'ca', 30)
    certificate(folder, { name: 'site', by: 'ca', host: 'localhost', days: 20 })
    const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`${folder}/site.${end}`))
    both = http2.createSecureServer(
      { key, cert, allowHTTP1: true, maxSendHeaderBlockLength: 1_000_000 },
      (request, response) => {
        if (request.httpVersion === '1.1') response.end('hello')
      },
    )
    both.on('stream', (stream, headers) => {
      stream.on('error', () => undefined)
      stream.session?.on('error', () => undefined)
      PATHS[headers[':path'] ?? '']?.(stream, headers)
    })
    both.on('sessionError', () => undefined)
    garbage = tls.createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n${'x'.repeat(40)}`))
    })
    await Promise.all([both, garbage].map(listening))
  })
  afterAll(async () => {
    for (const socket of open) socket.destroy()
    for (const server of [both, garbage]) server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function seen(
    path: string,
    rest: string,
    { method = 'GET', server = both as net.Server, signal = new AbortController().signal } = {},
  ) {
    const host = `localhost:${portOf(server)}`
    const found = await look(`http ${method} https://${host}${path} ${rest}, ca $\{CA}`, {
      variables: { CA: ca },
      allowList: allow(host),
      signal,
    })
    if (found.observation.kind !== 'http') throw new Error(found.observation.kind)
    return { ...found, observation: found.observation }
  }

  it.each([
    ['/', 'expect http-version == 2, status == 200, body contains hello', 'pass'],
    ['/', 'expect http-version == 2.0, header x-line matches "^two$"', 'pass'],
    ['/', 'expect http-version >= 1.1', 'pass'],
    ['/', 'expect http-version == 1.1', 'fail'],
    ['/', 'expect http-version == 1.1, body contains hello, http1', 'pass'],
    ['/', 'expect http-version == 2, http1', 'fail'],
    ['/go', 'expect status == 302, http-version == 2', 'pass'],
    ['/go', 'expect status == 200, http-version == 2, redirects follow', 'pass'],
    ['/hints', 'expect status == 200, body contains after', 'pass'],
    ['/gzip', 'expect body contains packed', 'pass'],
    ['/long', 'expect body contains x, limit 4MiB', 'pass'],
    ['/long', 'expect body lacks y, limit 1MiB', 'inconclusive'],
    ['/many', 'expect header x999 == y, body contains many', 'pass'],
  ])('%s %s: %s', async (path, rest, outcome) => {
    const { judgement } = await seen(path, rest)
    expect(judgement.line).toBeTruthy()
    expect(judgement.outcome).toBe(outcome)
  })

  it.each([
    ['/large-head', 'headers_too_large', 'error'],
    ['/flood', 'headers_too_large', 'error'],
    ['/half', 'closed', 'fail'],
    ['/half-unsaid', 'closed', 'fail'],
    ['/short', 'closed', 'fail'],
    ['/reset', 'closed', 'fail'],
    ['/hang-up', 'closed', 'fail'],
    ['/away', 'closed', 'fail'],
    ['/wants-1', 'protocol', 'error'],
    ['/broken', 'decode', 'fail'],
    ['/drip', 'slow', 'fail'],
    ['/silent', 'timeout', 'fail'],
  ])('a server that does %s is %s, as over HTTP/1.1', async (path, kind, outcome) => {
    const { observation, judgement } = await seen(
      path,
      `expect status == 200, timeout ${path === '/silent' ? '400ms' : '10s'}`,
    )
    expect(observation.error?.kind).toBe(kind)
    expect(judgement.outcome).toBe(outcome)
  })

  it('says what to write where the server wants HTTP/1.1 after all', async () => {
    expect((await seen('/wants-1', 'expect status == 200')).judgement.line).toContain('say http1')
  })

  it('that is agreed on and not spoken is an error', async () => {
    const { observation } = await seen('/', 'expect status == 200', { server: garbage })
    expect(observation.error).toEqual({
      kind: 'protocol',
      message: 'it agrees on HTTP/2 and does not speak it; try http1',
    })
  })

  it('a bomb is cut at 100 times its size', async () => {
    const { observation } = await seen('/bomb', 'expect status == 200, limit 10MiB')
    expect(observation.body).toMatchObject({ cut: 'ratio', sha256: null })
  })

  it('asks for the authority, and sends a body with its length', async () => {
    const { observation } = await seen('/', 'expect header x-authority present')
    expect(observation.response?.headerNames).toContain('x-authority')
    expect(observation.response?.headerNames).not.toContain(':status')
    const host = `localhost:${portOf(both)}`
    const steps = await look(
      `steps https://${host} ca $\{CA}, step POST /post payload "a=1", expect status == 200, header x-length == "3", body contains a=1`,
      { variables: { CA: ca }, allowList: allow(host) },
    )
    expect(steps.judgement).toMatchObject({ outcome: 'pass' })
  })

  it('carries streams of events', async () => {
    const host = `localhost:${portOf(both)}`
    const { judgement } = await look(
      `sse https://${host}/events expect open, event ready, timeout 2s, ca $\{CA}`,
      {
        variables: { CA: ca },
        allowList: allow(host),
      },
    )
    expect(judgement.outcome).toBe('pass')
  })

  it('leaves no connection behind, nor when it is cancelled', async () => {
    const cancel = new AbortController()
    const running = seen('/silent', 'expect status == 200', { signal: cancel.signal })
    await expect.poll(() => open.size).toBeGreaterThan(0)
    cancel.abort()
    expect((await running).observation.error?.kind).toBe('cancelled')
    await expect.poll(() => open.size).toBe(0)
  })
})
