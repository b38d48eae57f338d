import http, { type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Listening = { url: string; host: string; close: () => void }

/** An HTTP server on a free port of this machine. */
export async function serveFor(listener: RequestListener): Promise<Listening> {
  const server = http.createServer(listener)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  return {
    url: `http://${host}`,
    host,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
