import http, { type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { asEgressFailure, EgressFailure } from './failure.ts'
import type { HttpRequest } from './http.ts'
import { headerLines, type Message } from './message.ts'

/** Asks in HTTP/1.1 and waits for the head of the answer. Throws EgressFailure. */
export function askOver1(
  request: HttpRequest,
  { socket, most }: { socket: Socket; most: number },
): Promise<Message> {
  const { promise, resolve, reject } = Promise.withResolvers<Message>()
  const { method, url, headers, body } = request
  const asked = http.request({
    method,
    path: `${url.pathname}${url.search}`,
    setHost: false,
    headers: [
      ...['host', request.host ?? url.host, 'connection', 'close'],
      ...headers.flatMap(({ name, value }) => [name, value]),
      ...lengthLine({ method, body }),
    ],
    createConnection: () => socket,
    maxHeaderSize: most,
    insecureHTTPParser: false,
  })
  // Node would drop what goes beyond 2,000 lines without a word, and an absent header is a finding here.
  asked.maxHeadersCount = 0
  let isAnswered = false
  asked.once('response', (message) => {
    isAnswered = true
    resolve(messageOf(message))
  })
  asked.on('error', (error) => reject(asEgressFailure(error, 'http')))
  asked.once('upgrade', (_message, upgraded) => {
    upgraded.destroy()
    reject(new EgressFailure({ kind: 'protocol', message: 'the server switched protocols unasked' }))
  })
  asked.once('close', () => {
    // After an answer this says nothing, and an error is dear to make.
    if (!isAnswered)
      reject(new EgressFailure({ kind: 'closed', message: 'the connection closed before an answer' }))
  })
  asked.end(body)
  return promise
}

function messageOf(message: IncomingMessage): Message {
  return {
    status: message.statusCode ?? 0,
    httpVersion: message.httpVersion,
    headers: headerLines(message.rawHeaders),
    stream: message,
    isWhole: () => message.complete,
  }
}

/** RFC 9110, 8.6: a method that usually has content says that there is none. */
function lengthLine({ method, body }: Pick<HttpRequest, 'method' | 'body'>): string[] {
  if (body !== undefined) return ['content-length', String(Buffer.byteLength(body))]
  return ['POST', 'PUT', 'PATCH'].includes(method) ? ['content-length', '0'] : []
}
