import { createServer, type Server } from 'node:http'
import { env } from './env.ts'
import { log } from './log.ts'
import { mayScrape, metricsText } from './scrape.ts'

/**
 * The worker's own /metrics on WORKER_METRICS_PORT: probes run there, and a figure of a process is scraped from it. Null
 * when no port is set. A port that is taken costs the figures, never the worker.
 */
export function serveWorkerMetrics(): Server | null {
  const port = env().WORKER_METRICS_PORT
  if (port === undefined) return null
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://worker')
    if (pathname !== '/metrics') return void response.writeHead(404).end('Not found\n')
    if (!mayScrape(request.headers.authorization)) {
      return void response.writeHead(401, { 'www-authenticate': 'Bearer realm="metrics"' }).end()
    }
    try {
      const { text, contentType } = await metricsText({ database: false })
      response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text)
    } catch (error) {
      log().error({ err: error }, 'worker metrics failed')
      response.writeHead(500).end()
    }
  })
  server.on('error', (error) => log().error({ err: error, port }, 'worker metrics cannot be served'))
  server.listen(port, env().HOST ?? '127.0.0.1')
  return server
}
