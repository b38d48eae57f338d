import { createHash } from 'node:crypto'

/** A stream that greets and stays open (HTML, 9.2). */
export function events(response, { broken }) {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // A proxy such as nginx would hold events back until it has enough of them.
    'x-accel-buffering': 'no',
  })
  response.write(broken.has('events') ? ': silence\n\n' : 'event: hello\ndata: {"status":"ok"}\n\n')
}

const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** The opening handshake of RFC 6455, 4.2.2, one text frame, then a clean close: all that a probe looks at. */
export function upgrade(request, socket, { broken }) {
  socket.on('error', () => socket.destroy())
  const key = request.headers['sec-websocket-key']
  const isSocket = request.url === '/ws' && (request.headers.upgrade ?? '').toLowerCase() === 'websocket'
  if (!isSocket || key === undefined || broken.has('websocket')) {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    return
  }
  const accept = createHash('sha1').update(`${key}${WEBSOCKET_GUID}`).digest('base64')
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  )
  const hello = Buffer.from('hello')
  socket.write(Buffer.concat([Buffer.from([0x81, hello.length]), hello]))
  socket.on('data', (frame) => {
    if ((frame[0] & 0x0f) === 0x8) socket.end(Buffer.from([0x88, 0x02, 0x03, 0xe8]))
  })
}
