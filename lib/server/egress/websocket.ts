import type { IncomingMessage } from 'node:http'
import WebSocket from 'ws'
import { asEgressFailure, codeOf, EgressFailure } from './failure.ts'
import { MAX_HEADER_BYTES } from './http.ts'
import { type Guard, openGuardedSocket } from './socket.ts'
import { newTrace, type Trace, timed } from './trace.ts'

const MOST_BYTES = 1_048_576

export type Upgraded =
  /** `isCut`: has a message come that is too large to read? Then it was not the server that hung up. */
  | { open: true; socket: WebSocket; early: string[]; isCut: () => boolean }
  /** It answered, and did not upgrade: with which status, or what was wrong with its handshake. */
  | { open: false; status: number | null; why: string }

/**
 * The opening handshake of RFC 6455 over a guarded socket. The accept key and the subprotocol are checked by `ws`. Throws
 * EgressFailure, or the signal's reason; when the signal aborts later the socket is cut.
 */
export async function openWebSocket(
  {
    url,
    headers,
    subprotocols,
  }: { url: URL; headers: Readonly<Record<string, string>>; subprotocols: readonly string[] },
  guard: Guard,
  trace: Trace = newTrace(),
): Promise<Upgraded> {
  const secure = url.protocol === 'wss:' || url.protocol === 'https:'
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const socket = await openGuardedSocket({ host: url.hostname, port, secure }, guard, trace)
  const { signal } = guard
  const onAbort = () => socket.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  socket.once('close', () => signal.removeEventListener('abort', onAbort))
  try {
    signal.throwIfAborted()
    return await timed(trace, 'wait', () =>
      handshake(
        new WebSocket(url, [...subprotocols], {
          createConnection: () => socket,
          headers,
          followRedirects: false,
          perMessageDeflate: false,
          maxPayload: MOST_BYTES,
          maxHeaderSize: MAX_HEADER_BYTES,
        }),
      ),
    )
  } catch (error) {
    socket.destroy()
    if (signal.aborted) throw signal.reason
    throw asEgressFailure(error, 'http')
  }
}

function handshake(socket: WebSocket): Promise<Upgraded> {
  const { promise, resolve, reject } = Promise.withResolvers<Upgraded>()
  // A server may speak in the same packet as its handshake: what comes before somebody listens is kept.
  const early: string[] = []
  let isCut = false
  socket.on('message', (bytes) => {
    if (early.length < 20) early.push(String(bytes))
  })
  socket.once('open', () => resolve({ open: true, socket, early, isCut: () => isCut }))
  socket.once('unexpected-response', (request, response: IncomingMessage) => {
    const status = response.statusCode ?? null
    request.destroy()
    resolve({ open: false, status, why: `status ${status ?? 'unknown'}` })
  })
  socket.on('error', (error: Error) => {
    if (codeOf(error) === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') isCut = true
    if (/Sec-WebSocket|subprotocol|Upgrade header|server sent/i.test(error.message))
      resolve({ open: false, status: 101, why: error.message })
    else reject(asEgressFailure(error, 'http'))
  })
  socket.once('close', () =>
    reject(new EgressFailure({ kind: 'closed', message: 'the connection closed before an answer' })),
  )
  return promise
}
