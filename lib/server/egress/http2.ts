import http2 from 'node:http2'
import type { Socket } from 'node:net'
import { asEgressFailure, codeOf, EgressFailure } from './failure.ts'
import type { HttpRequest } from './http.ts'
import { headerLines, type Message } from './message.ts'

/** So much may be under way unread, as otherwise every 64 KiB would wait for a round trip. */
const WINDOW_BYTES = 4_194_304
/** As many lines as fit into the largest head that is read; Node would cut off beyond 128. */
const MOST_LINES = 8_192

/** Asks in HTTP/2 (RFC 9113) and waits for the head of the answer; early hints are passed over. Throws EgressFailure. */
export function askOver2(request: HttpRequest, socket: Socket): Promise<Message> {
  const { promise, resolve, reject } = Promise.withResolvers<Message>()
  const { method, url, headers, body, host = url.host } = request
  const session = http2.connect(url.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
    maxHeaderListPairs: MOST_LINES,
  })
  socket.once('close', () => session.destroy())
  // What breaks a session breaks its one stream too, and is told there.
  session.on('error', () => undefined)
  session.setLocalWindowSize(WINDOW_BYTES)
  const stream = session.request(
    {
      ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      ...{
        ':method': method,
        ':scheme': 'https',
        ':authority': host,
        ':path': `${url.pathname}${url.search}`,
      },
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    },
    { endStream: body === undefined },
  )
  stream.once('response', (said, _flags, raw: string[]) =>
    resolve({
      status: said[':status'] ?? 0,
      httpVersion: '2.0',
      headers: headerLines(raw),
      stream,
      // A stream that is cut off ends like one that is whole, and says so here alone.
      isWhole: () => stream.rstCode === http2.constants.NGHTTP2_NO_ERROR,
    }),
  )
  stream.on('error', (error) => reject(failureOf(error, stream.rstCode)))
  stream.once('close', () =>
    reject(new EgressFailure({ kind: 'closed', message: 'the connection closed before an answer' })),
  )
  if (body !== undefined) stream.end(body)
  return promise
}

function failureOf(error: Error, reset: number | undefined): EgressFailure {
  const code = codeOf(error)
  const failure = (kind: 'headers_too_large' | 'protocol' | 'closed', message: string) =>
    new EgressFailure({ kind, message, cause: error })
  if (reset === http2.constants.NGHTTP2_HTTP_1_1_REQUIRED)
    return failure('protocol', 'the server offers HTTP/2 and wants HTTP/1.1 here: say http1')
  // A head without an end (CVE-2024-27983).
  if (/CONTINUATION/.test(error.message))
    return failure('headers_too_large', 'the response headers are larger than 16 KiB')
  if (code === 'ERR_HTTP2_STREAM_ERROR' || code === 'ERR_HTTP2_SESSION_ERROR')
    return failure('closed', `the server broke off the HTTP/2 stream with error ${reset ?? 'unknown'}`)
  if (code.startsWith('ERR_HTTP2'))
    return failure('protocol', 'it agrees on HTTP/2 and does not speak it; try http1')
  return asEgressFailure(error, 'http')
}
