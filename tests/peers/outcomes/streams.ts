import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { sample, serve } from '../servers.ts'
import { at, type KindOutcomes, lasting, page, scene, stranger, v } from './scene.ts'

const NOT_HTTP = 'what answers is not HTTP'
const TARGET = v('TARGET')
const strange = (probe: string) => async () => at(await stranger(), probe)

async function events(text: string): Promise<string> {
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text)
  })
  return url
}
const SSE = `sse ${TARGET}/ timeout 500ms, expect`
export const sse: KindOutcomes = {
  pass: scene('the stream opens and says what is waited for', 'event "hello" came', async () =>
    at(await events('event: hello\ndata: ok\n\n'), `${SSE} event hello`),
  ),
  warn: scene('a `warn` does not come', 'event "other" did not come', async () =>
    at(await events('event: hello\ndata: ok\n\n'), `${SSE} event hello, warn event other`),
  ),
  fail: scene('it does not open, or the event does not come', 'event "other" did not come', async () =>
    at(await events(': silence\n\n'), `${SSE} event other`),
  ),
  inconclusive: scene('a flood hides what may have come later', 'event "rare" did not come', async () =>
    at(await events(`data: ${'x'.repeat(100_000)}\n\n`.repeat(12)), `${SSE} event rare`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${SSE} open`)),
}

/** A server whose message is larger than any probe reads. */
const shouting = lasting(async () => {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('error', () => undefined).send('x'.repeat(1_100_000)))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      sockets.close()
      server.close()
    },
  }
})
const WEBSOCKET = `websocket ${TARGET}/ws timeout 2s, expect`
export const websocket: KindOutcomes = {
  pass: scene('it opens, answers and closes as asked', 'upgraded', async () =>
    at((await sample()).url, `${WEBSOCKET} open, receive hello`),
  ),
  warn: scene('a `warn` does not hold', 'wanted < 0.001ms', async () =>
    at((await sample()).url, `${WEBSOCKET} open, warn time < 0.001ms`),
  ),
  fail: scene('it does not upgrade, or the message does not come', 'not upgraded: status 200', async () =>
    at(await page(200), `${WEBSOCKET} open`),
  ),
  inconclusive: scene('a message is too large to read', 'a message too large to read came', async () =>
    at((await shouting()).url, `${WEBSOCKET} open, receive rare`),
  ),
  error: scene(NOT_HTTP, 'the answer is not HTTP', strange(`${WEBSOCKET} open`)),
}
