import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

const TEXT = 'hello world\ngröße 世界\n{"json": 1}\nthe last line'
const CODED: Readonly<Record<string, (text: string) => Buffer>> = {
  gzip: gzipSync,
  br: brotliCompressSync,
  deflate: deflateSync,
  broken: () => Buffer.from('this is not compressed at all, whatever is said'),
}

/** A server that does what its paths say, for the exporter and for us alike. */
export const blackboxTarget: RequestListener = (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const [first = '', second = '', third = ''] = url.pathname.slice(1).split('/').map(decodeURIComponent)
  const redirect = (status: number, location: string) => response.writeHead(status, { location }).end()
  switch (first) {
    case 'ok':
      return response.end('ok')
    case 'status':
      return response.writeHead(Number(second)).end('hello, this is an answer')
    case 'only':
      return response.writeHead(request.method === second ? 200 : 405).end()
    case 'hops':
      return Number(second) === 0 ? response.end('here') : redirect(302, `/hops/${Number(second) - 1}`)
    case 'redirect':
      return redirect(Number(second), url.pathname.replace(/^\/redirect\/\d+/, ''))
    case 'to':
      return redirect(302, url.search.slice(1))
    case 'circle':
      return redirect(302, '/circle')
    case 'old':
      request.socket.end('HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok')
      return
    case 'bare-redirect':
      return response.writeHead(302).end()
    case 'text':
      return response
        .writeHead(200, [
          ...['content-type', 'text/plain; charset=utf-8', 'x-frame-options', 'DENY'],
          ...['x-twice', 'one', 'x-twice', 'two', 'x-empty', ''],
        ])
        .end(TEXT)
    case 'empty':
      return response.end()
    case 'coded':
      return coded(response, { sent: second, asked: third })
    case 'size':
      return response.end(`${'x'.repeat(Number(second) - 3)}end`)
    case 'needs':
      return response.writeHead(request.headers[second] === third ? 200 : 403).end()
    default:
      return trouble(first, { request, response })
  }
}

function coded(response: ServerResponse, { sent, asked }: { sent: string; asked: string }): void {
  const encode = CODED[sent]
  if (encode === undefined) response.end('hello, plain')
  else
    response
      .writeHead(200, { 'content-encoding': sent === 'broken' ? asked : sent })
      .end(encode('hello, coded'))
}

function trouble(
  what: string,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): void {
  const { socket } = request
  if (what === 'hang-up') socket.destroy()
  else if (what === 'garbage') socket.end('this is not HTTP\r\n\r\n')
  else if (what === 'half') socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')
  else if (what === 'short') socket.end('HTTP/1.1 200 OK\r\nContent-Le')
  else if (what === 'large-head')
    socket.end(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\nContent-Length: 0\r\n\r\n`)
  else if (what !== 'silent') response.writeHead(404).end()
}
