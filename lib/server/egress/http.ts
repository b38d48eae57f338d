import http, { type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type ReadBody, readBody } from './body.ts'
import { asEgressFailure, EgressFailure } from './failure.ts'
import { type Guard, openGuardedSocket } from './socket.ts'
import { newTrace, type Trace, timed } from './trace.ts'

export const MAX_HEADER_BYTES = 16_384

export type HttpRequest = {
  method: string
  /** Absolute http or https URL without user name and password. */
  url: URL
  headers: readonly { name: string; value: string }[]
  body?: string | undefined
  /** Most bytes of the body, on the wire and decoded. */
  maxBytes: number
  /** When true for a status, the body is not read: the answer is only a signpost. */
  skipBody?: (status: number) => boolean
  /** Reads what comes behind the head in another way, before the connection is closed; with `skipBody`. */
  streamed?: (message: IncomingMessage) => Promise<void>
  /** Certificates to trust in place of this machine's own list. */
  ca?: readonly string[] | undefined
}

export type HttpAnswer = {
  status: number
  httpVersion: string
  /** In the order received, names in lower case. */
  headers: { name: string; value: string }[]
  body: ReadBody | null
}

/**
 * One HTTP/1.1 exchange over a guarded socket, redirects not followed (a hop is a new call through the same guard).
 * Throws EgressFailure, or the signal's reason; whatever happens the socket is closed when this returns.
 */
export async function exchange(
  request: HttpRequest,
  guard: Guard,
  trace: Trace = newTrace(),
): Promise<HttpAnswer> {
  const { url } = request
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new EgressFailure({
      kind: 'blocked',
      message: `${url.protocol} is not http or https`,
      reason: 'scheme',
    })
  if (url.username !== '' || url.password !== '')
    throw new EgressFailure({ kind: 'blocked', message: 'the address holds a user name', reason: 'userinfo' })
  const secure = url.protocol === 'https:'
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const socket = await openGuardedSocket({ host: url.hostname, port, secure, ca: request.ca }, guard, trace)
  const { signal } = guard
  const onAbort = () => socket.destroy()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    signal.throwIfAborted()
    const message = await timed(trace, 'wait', () => firstAnswer(request, socket))
    const status = message.statusCode ?? 0
    const hasBody = request.method !== 'HEAD' && request.skipBody?.(status) !== true
    const body = hasBody
      ? await timed(trace, 'transfer', () => readBody({ message, maxBytes: request.maxBytes }))
      : null
    if (request.streamed !== undefined)
      await timed(trace, 'transfer', () => request.streamed?.(message) ?? Promise.resolve())
    signal.throwIfAborted()
    return { status, httpVersion: message.httpVersion, headers: headerLines(message), body }
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw asEgressFailure(error, 'http')
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
  }
}

function firstAnswer({ method, url, headers, body }: HttpRequest, socket: Socket): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = http.request({
    method,
    path: `${url.pathname}${url.search}`,
    setHost: false,
    headers: [
      ...['host', url.host, 'connection', 'close'],
      ...headers.flatMap(({ name, value }) => [name, value]),
      ...lengthLine({ method, body }),
    ],
    createConnection: () => socket,
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
  })
  // Node would drop what goes beyond 2,000 lines without a word, and an absent header is a finding here.
  request.maxHeadersCount = 0
  let isAnswered = false
  request.once('response', (message) => {
    isAnswered = true
    if (headBytes(message) <= MAX_HEADER_BYTES) resolve(message)
    else
      reject(
        new EgressFailure({
          kind: 'headers_too_large',
          message: 'the response headers are larger than 16 KiB',
        }),
      )
  })
  request.on('error', (error) => reject(asEgressFailure(error, 'http')))
  request.once('upgrade', (_message, upgraded) => {
    upgraded.destroy()
    reject(new EgressFailure({ kind: 'protocol', message: 'the server switched protocols unasked' }))
  })
  request.once('close', () => {
    // After an answer this says nothing, and an error is dear to make.
    if (!isAnswered)
      reject(new EgressFailure({ kind: 'closed', message: 'the connection closed before an answer' }))
  })
  request.end(body)
  return promise
}

/** RFC 9110, 8.6: a method that usually has content says that there is none. */
function lengthLine({ method, body }: Pick<HttpRequest, 'method' | 'body'>): string[] {
  if (body !== undefined) return ['content-length', String(Buffer.byteLength(body))]
  return ['POST', 'PUT', 'PATCH'].includes(method) ? ['content-length', '0'] : []
}

/** The parser counts names and values only; the separators count here too. */
function headBytes({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.reduce((sum, part) => sum + part.length + 2, 0)
}

function headerLines({ rawHeaders }: IncomingMessage): HttpAnswer['headers'] {
  const lines: HttpAnswer['headers'] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    lines.push({ name: (rawHeaders[index] ?? '').toLowerCase(), value: rawHeaders[index + 1] ?? '' })
  return lines
}
