import { createHash } from 'node:crypto'
import http from 'node:http'
import { describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { allow, look, raw, sample, serve } from './servers.ts'

const BASE = '$' + '{BASE_URL}'

const at = (url: string, rest: string, path = '/ws') =>
  look(`websocket ${BASE}${path} ${rest}`, {
    variables: { BASE_URL: url, API_TOKEN: 'opaque-value-1' },
    allowList: allow(new URL(url).host),
  })

/** A real `ws` server for one test. */
async function echo(onConnection: (socket: WebSocket, request: http.IncomingMessage) => void) {
  const server = await serve((_request, response) => response.writeHead(426).end())
  const http1 = http.createServer()
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (set) => (set.has('chat') ? 'chat' : false),
  })
  http1.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (open) => onConnection(open, request)),
  )
  await server.close()
  await new Promise<void>((resolve) => {
    http1.listen(server.port, '127.0.0.1', () => resolve())
  })
  return {
    url: server.url,
    close: () =>
      new Promise<void>((resolve) => {
        for (const client of sockets.clients) client.terminate()
        http1.close(() => resolve())
      }),
  }
}

describe('a WebSocket probe against ws', () => {
  it('opens, is answered and closes', async () => {
    let heard: string | undefined
    const server = await echo((socket, request) => {
      heard = request.headers.authorization
      socket.send('welcome')
      socket.on('message', (text) => socket.send(`echo ${text} opaque-value-1`))
    })
    const token = '$' + '{API_TOKEN}'
    const rest = `expect open, subprotocol chat, receive welcome, receive "echo hi", close clean, time < 5s, say hi, send authorization: "Bearer ${token}"`
    const { judgement, observation } = await at(server.url, rest)
    expect(judgement).toMatchObject({
      outcome: 'pass',
      line: expect.stringContaining('upgraded · subprotocol chat'),
    })
    expect(heard).toBe('Bearer opaque-value-1')
    expect(observation).toMatchObject({ messages: ['welcome', 'echo hi •••'], end: { code: 1000 } })
    expect(JSON.stringify(observation)).not.toContain('opaque-value')
    await server.close()
  })

  it('fails where the answer does not come, and says how long it waited', async () => {
    const server = await echo((socket) => socket.send('something else'))
    const { judgement } = await at(server.url, 'expect receive "pong", say ping, timeout 1s')
    expect(judgement.outcome).toBe('fail')
    expect(judgement.line).toMatch(/^1 other messages in \d+ ms · wanted receive pong$/)
    await server.close()
  })

  it('fails on another subprotocol, none, and on a server that ends it otherwise', async () => {
    const server = await echo((socket) => socket.on('message', () => socket.close(1011, 'broken')))
    expect((await at(server.url, 'expect subprotocol other')).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('not upgraded: Server sent no subprotocol'),
    })
    const ended = await at(server.url, 'expect receive x, close clean, say hi')
    expect(ended.judgement.outcome).toBe('fail')
    expect(ended.judgement.conditions.map(({ observed }) => observed)).toEqual([
      'upgraded',
      expect.stringMatching(/^no message in/),
      'closed with 1006',
    ])
    await server.close()
  })
})

describe('a WebSocket probe', () => {
  it('sees the sample target work, and refuse', async () => {
    const target = await sample()
    const rest = 'expect open, receive hello, close clean'
    expect((await at(target.url, rest)).judgement.outcome).toBe('pass')
    target.broken.add('websocket')
    expect((await at(target.url, rest)).judgement).toMatchObject({
      outcome: 'fail',
      line: 'not upgraded: status 503 · wanted open · 2 more',
    })
  })

  it('is not satisfied by a page', async () => {
    const { url } = await serve((_request, response) => response.end('hello'))
    expect((await at(url, 'expect close clean')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'not upgraded: status 200 · wanted open · 1 more',
    })
  })

  const answered = (accept: (key: string) => string) =>
    raw((socket) => {
      socket.once('data', (request) => {
        const key = /sec-websocket-key: (\S+)/i.exec(String(request))?.[1] ?? ''
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept(key)}\r\n\r\n`,
        )
      })
    })
  const right = (key: string) =>
    createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')

  it('does not take a wrong accept key, nor silence for a goodbye', async () => {
    const wrong = await answered(() => right('another key'))
    expect((await at(wrong.url, 'expect open')).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('Invalid Sec-WebSocket-Accept'),
    })
    const silent = await answered(right)
    expect((await at(silent.url, 'expect open, close clean, timeout 1s')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'no closing handshake · wanted close clean',
    })
    expect((await at(silent.url, 'expect open, timeout 1s')).judgement.outcome).toBe('pass')
  })

  it('cannot measure without its variable or behind the guard, and fails where nobody answers', async () => {
    const none = await look(`websocket ${BASE}/ws expect open`)
    expect(none.judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('BASE_URL is not set'),
    })
    expect((await look('websocket ws://127.0.0.1:9/ expect open')).judgement.outcome).toBe('blocked')
    const silent = await raw(() => undefined)
    expect((await at(silent.url, 'expect open, timeout 300ms')).judgement).toMatchObject({ outcome: 'fail' })
    const hungUp = await raw((socket) => socket.destroy())
    expect((await at(hungUp.url, 'expect open')).judgement.outcome).toBe('fail')
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    expect((await at(other.url, 'expect open')).judgement.outcome).toBe('error')
  })
})
