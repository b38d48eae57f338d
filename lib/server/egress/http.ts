import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { blockedAt } from './blocked.ts'
import { type ReadBody, readBody } from './body.ts'
import { asEgressFailure, EgressFailure } from './failure.ts'
import { askOver1 } from './http1.ts'
import { askOver2 } from './http2.ts'
import type { Message } from './message.ts'
import { type Guard, openGuardedSocket } from './socket.ts'
import { newTrace, type Trace, timed } from './trace.ts'

export const MAX_HEADER_BYTES = 16_384

export type HttpRequest = {
  method: string
  /** Absolute http or https URL without user name and password. */
  url: URL
  /** Each name once, in lower case. */
  headers: readonly { name: string; value: string }[]
  body?: string | undefined
  /** The service to ask for, in place of the address's own; whether it may be is for `guard.host` to have decided. */
  host?: string | undefined
  /** HTTP/2 is not offered. */
  http1?: boolean | undefined
  /** Most bytes of the body, on the wire and decoded. */
  maxBytes: number
  /** When true for a status, the body is not read: the answer is only a signpost. */
  skipBody?: (status: number) => boolean
  /** Reads what comes behind the head in another way, before the connection is closed; with `skipBody`. */
  streamed?: (message: Message) => Promise<void>
}

export type HttpAnswer = Pick<Message, 'status' | 'httpVersion' | 'headers'> & { body: ReadBody | null }

/**
 * One exchange over a guarded socket, redirects not followed (a hop is a new call through the same guard): in HTTP/2 where TLS
 * agrees on it, which is offered as every browser does, and else in HTTP/1.1. Throws EgressFailure, or the signal's reason;
 * whatever happens the socket is closed when this returns.
 */
export async function exchange(
  request: HttpRequest,
  guard: Guard,
  trace: Trace = newTrace(),
): Promise<HttpAnswer> {
  const { url } = request
  const secure = url.protocol === 'https:'
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const place = { host: url.hostname, port }
  if (url.protocol !== 'http:' && !secure)
    throw blockedAt(place, guard, { message: `${url.protocol} is not http or https`, reason: 'scheme' })
  if (url.username !== '' || url.password !== '')
    throw blockedAt(place, guard, { message: 'the address holds a user name', reason: 'userinfo' })
  const alpn = request.http1 ? ['http/1.1'] : ['h2', 'http/1.1']
  const socket = await openGuardedSocket({ ...place, secure, alpn }, guard, trace)
  const { signal } = guard
  const onAbort = () => socket.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    signal.throwIfAborted()
    const message = await timed(trace, 'wait', () => asked(request, socket))
    const { status, httpVersion, headers } = message
    const hasBody = request.method !== 'HEAD' && request.skipBody?.(status) !== true
    const body = hasBody
      ? await timed(trace, 'transfer', () => readBody({ message, maxBytes: request.maxBytes }))
      : null
    if (request.streamed !== undefined)
      await timed(trace, 'transfer', () => request.streamed?.(message) ?? Promise.resolve())
    signal.throwIfAborted()
    return { status, httpVersion, headers, body }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw asEgressFailure(error, 'http')
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
  }
}

async function asked(request: HttpRequest, socket: Socket): Promise<Message> {
  const speaks2 = socket instanceof TLSSocket && socket.alpnProtocol === 'h2'
  const message = await (speaks2
    ? askOver2(request, socket)
    : askOver1(request, { socket, most: MAX_HEADER_BYTES }))
  if (headBytes(message) <= MAX_HEADER_BYTES) return message
  message.stream.destroy()
  throw new EgressFailure({
    kind: 'headers_too_large',
    message: 'the response headers are larger than 16 KiB',
  })
}

/** The parser of HTTP/1.1 counts names and values only; the separators count here too. */
function headBytes({ headers }: Message): number {
  return headers.reduce((sum, { name, value }) => sum + name.length + value.length + 4, 0)
}
