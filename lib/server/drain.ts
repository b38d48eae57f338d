import type { IncomingMessage, ServerResponse } from 'node:http'

const MOST_BYTES = 64_000_000
const PATIENCE_MS = 15_000

/**
 * Takes off the wire what is left of a body whose answer is already given, such as one that was too large. Otherwise the
 * browser's next request on this connection would wait behind it for ever. Whoever goes on sending is cut off.
 */
export function drainAfterwards(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return
    const { socket } = request
    const timer = setTimeout(() => socket.destroy(), PATIENCE_MS).unref()
    let left = MOST_BYTES
    request.unpipe()
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) socket.destroy()
    })
    request.once('end', () => clearTimeout(timer))
    request.once('error', () => clearTimeout(timer))
    request.resume()
  })
}
