import http2 from 'node:http2'
import { asEgressFailure, codeOf, EgressFailure } from './failure.ts'
import { type Guard, openGuardedSocket, type SocketTarget } from './socket.ts'
import { newTrace, type Trace, timed } from './trace.ts'

const MOST_BYTES = 65_536

/** `status`: of gRPC, null where the answer has none. `message`: the bytes of the one message, null without one. */
export type GrpcAnswer = { http: number; status: number | null; said: string; message: Buffer | null }

/**
 * One unary call (gRPC over HTTP/2) on a guarded socket. Throws EgressFailure (`protocol` for what does not speak HTTP/2), or the
 * signal's reason; whatever happens the socket is closed when this returns.
 */
export async function callGrpc(
  {
    target,
    path,
    message,
    headers,
  }: {
    target: Omit<SocketTarget, 'alpn'>
    path: string
    message: Uint8Array
    headers: readonly { name: string; value: string }[]
  },
  guard: Guard,
  trace: Trace = newTrace(),
): Promise<GrpcAnswer> {
  const { signal } = guard
  const socket = await openGuardedSocket({ ...target, alpn: ['h2'] }, guard, trace)
  const scheme = target.secure ? 'https' : 'http'
  const host = target.host.includes(':') ? `[${target.host.replace(/^\[|\]$/g, '')}]` : target.host
  const session = http2.connect(`${scheme}://${host}:${target.port}`, {
    createConnection: () => socket,
    maxHeaderListPairs: 128,
  })
  const onAbort = () => {
    session.destroy()
    socket.destroy()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    signal.throwIfAborted()
    const call = () => answered(session, { path, message, headers, most: MOST_BYTES })
    const answer = await timed(trace, 'wait', call)
    // A stream that is cut off ends like one that is whole.
    signal.throwIfAborted()
    return answer
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw asFailure(error)
  } finally {
    signal.removeEventListener('abort', onAbort)
    session.on('error', () => undefined)
    session.destroy()
    socket.destroy()
  }
}

function asFailure(error: unknown): EgressFailure {
  if (error instanceof EgressFailure) return error
  const code = codeOf(error)
  if (!code.startsWith('ERR_HTTP2') && !code.startsWith('HPE_')) return asEgressFailure(error, 'http')
  return new EgressFailure({
    kind: 'protocol',
    message: 'the answer is not HTTP/2; check port and scheme',
    cause: error,
  })
}

function answered(
  session: http2.ClientHttp2Session,
  {
    path,
    message,
    headers,
    most,
  }: { path: string; message: Uint8Array; headers: readonly { name: string; value: string }[]; most: number },
): Promise<GrpcAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<GrpcAnswer>()
  session.once('error', reject)
  session.once('close', () =>
    reject(new EgressFailure({ kind: 'closed', message: 'the connection closed before an answer' })),
  )
  const stream = session.request({
    ...Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  let http = 0
  const seen: http2.IncomingHttpHeaders = {}
  const chunks: Buffer[] = []
  let size = 0
  stream.once('response', (lines) => {
    http = lines[':status'] ?? 0
    Object.assign(seen, lines)
  })
  stream.once('trailers', (lines) => Object.assign(seen, lines))
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= most) chunks.push(chunk)
    else reject(new EgressFailure({ kind: 'protocol', message: 'the answer is larger than expected' }))
  })
  stream.once('error', reject)
  stream.once('end', () => {
    if (http === 0)
      return reject(new EgressFailure({ kind: 'closed', message: 'the connection closed before an answer' }))
    const status = /^\d{1,3}$/.test(String(seen['grpc-status'] ?? '')) ? Number(seen['grpc-status']) : null
    const said = String(seen['grpc-message'] ?? '').slice(0, 300)
    resolve({ http, status, said, message: unframed(Buffer.concat(chunks)) })
  })
  const frame = Buffer.alloc(5)
  frame.writeUInt32BE(message.length, 1)
  stream.end(Buffer.concat([frame, message]))
  return promise
}

/** The one length-prefixed message; null where there is none, it is not whole, or it is compressed, which was not offered. */
function unframed(body: Buffer): Buffer | null {
  if (body.length < 5 || body[0] !== 0) return null
  const length = body.readUInt32BE(1)
  return body.length === 5 + length ? body.subarray(5) : null
}
