import { globSync } from 'node:fs'
import { createServer } from 'node:http'
import { isIPv6 } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import next from 'next'
import { trackRequest } from '#lib/server/request-log.ts'
import { routePatterns } from '#lib/shared/route-pattern.ts'
import { root } from './project.mjs'

// Left alone, V8 lets the heap double between two full collections, and a server under load takes 490 MB for 46 MB of living
// objects. Collected at half as much again it stays at 370 MB, for a tenth more processor time a tick.
setFlagsFromString('--heap-growing-percent=50')

const dev = process.argv.includes('--dev')
const port = Number(process.env.PORT ?? 3000)
const hops = Number(process.env.TRUSTED_HOPS ?? 0)
// Must be the same name as in lib/auth/principal.ts.
const CLIENT = 'x-countersign-client'
const OURS = ['content-security-policy', 'x-countersign-path']
// Plain http stays on this machine; with an https PUBLIC_URL a proxy in front may come from anywhere.
const open = process.env.PUBLIC_URL?.startsWith('https:') ?? false
const hosts = process.env.HOST ? [process.env.HOST] : open ? ['::'] : ['127.0.0.1', '::1']
const DRAIN = 5_000

/** The peer's address; behind `hops` trusted proxies the one that the outermost of them saw. */
function clientOf(request) {
  const said = String(request.headers['x-forwarded-for'] ?? '')
  const seen = said.split(',').map((text) => text.trim())
  const address = (hops > 0 ? seen.at(-hops) : '') || request.socket.remoteAddress || 'unknown'
  return address.startsWith('::ffff:') ? address.slice(7) : address
}

// Next hangs its upgrade listener on one server, the first that is asked; there are two of ours. It gets one that never
// listens, and ours pass their upgrades on to it.
const upgrades = createServer()
const app = next({ dev, dir: root, hostname: 'localhost', port, httpServer: upgrades })
const handle = app.getRequestHandler()

const patterns = routePatterns(globSync('app/**/{page.tsx,route.ts}', { cwd: root }))

const listener = (request, response) =>
  trackRequest({ request, response, patterns, work: () => answer(request, response) })

function answer(request, response) {
  // No address of ours holds a NUL, and PostgreSQL refuses to look for one.
  if (/%00/.test(request.url ?? '')) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n')
    return
  }
  request.headers[CLIENT] = clientOf(request)
  // proxy.ts alone says these; where it is not asked, nobody does.
  for (const name of OURS) delete request.headers[name]
  handle(request, response).catch((error) => {
    process.stderr.write(`${error?.stack ?? error}\n`)
    if (!response.headersSent) response.writeHead(500)
    response.end()
  })
}

function serverOn(host) {
  const server = createServer(listener)
  // A `kubectl rollout status` piped into us outlives Node's five minutes; headers still have to come in a minute.
  server.requestTimeout = 0
  // Longer than a proxy keeps idle connections, so that it never writes into one that we just closed.
  server.keepAliveTimeout = 75_000
  server.on('upgrade', (request, socket, head) => {
    if (!upgrades.emit('upgrade', request, socket, head)) socket.destroy()
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      // A machine without IPv6 is served on IPv4 alone.
      const absent = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)
      if (absent && isIPv6(host) && hosts.length > 1) resolve(null)
      else if (absent && host === '::') resolve(serverOn('0.0.0.0'))
      else reject(error)
    })
    server.listen(port, host, () => resolve(server))
  })
}

await app.prepare()
const servers = (await Promise.all(hosts.map(serverOn))).filter(Boolean)

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
  for (const server of servers) server.closeIdleConnections()
  // Live streams never end by themselves; requests under way get a moment.
  const cut = () => {
    for (const server of servers) server.closeAllConnections()
  }
  setTimeout(cut, DRAIN).unref()
  await Promise.all(closed)
  await app.close().catch(() => undefined)
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
