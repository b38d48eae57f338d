import http from 'node:http'
import { parseArgs } from 'node:util'
import zlib from 'node:zlib'
import { METRIC_SWITCHES, sampleMetrics } from './sample-metrics.mjs'
import { PAGE, SCRIPT } from './sample-page.mjs'
import { sessions } from './sample-session.mjs'
import { events, upgrade } from './sample-streams.mjs'

/** Every failure that can be switched on, with what it does; the page of the sample target shows the same list. */
export const SWITCHES = {
  app: 'the front page answers 500',
  health: '/health/ answers 503',
  db: '/health/db/ answers 503',
  redis: '/health/redis/ answers 503',
  metrics: '/metrics answers 500',
  api: '/api/ answers 500',
  csp: 'no Content-Security-Policy',
  frame: 'X-Frame-Options is SAMEORIGIN',
  nosniff: 'no X-Content-Type-Options',
  hsts: 'Strict-Transport-Security for five minutes only',
  compression: 'answers are not compressed',
  cache: 'static files may not be cached, and the CDN has none',
  websocket: 'the WebSocket is refused',
  events: 'no event comes on /events',
  login: 'signing in answers 500',
  private: '/api/private answers without a session too',
  logout: 'a session goes on after signing out',
  idle: 'idle sessions never end',
  token: 'access tokens live for a day instead of 15 minutes',
  weak: 'weak passwords are accepted',
  cookie: 'the session cookie has neither HttpOnly nor SameSite',
  ...METRIC_SWITCHES,
  slow: 'every answer takes two seconds',
  hang: 'no answer ever comes',
}

const MAX_SWITCH_BYTES = 1024

/**
 * Starts the sample target on `host`:`port` (0 picks a free one). Returns its URL, the switched-on failures, the number
 * of requests whose client went away before the answer, and `close`.
 * @param {{ port?: number, host?: string }} [options]
 */
export async function startSampleTarget({ port = 0, host = '127.0.0.1' } = {}) {
  const broken = new Set()
  const state = {
    broken,
    requests: 0,
    aborted: 0,
    metrics: sampleMetrics({ broken }),
    sessions: sessions({ broken }),
  }
  const server = http.createServer((request, response) => {
    state.requests += 1
    response.on('close', () => {
      if (!response.writableFinished) state.aborted += 1
    })
    const path = new URL(request.url ?? '/', 'http://target').pathname
    if (path === '/switch') return void flip(request, response, state)
    if (state.broken.has('hang')) return
    // A client that goes away in mid-request is no reason to end.
    const reply = () => answer(path, request, response, state).catch(() => response.destroy())
    if (state.broken.has('slow')) setTimeout(reply, 2000).unref()
    else void reply()
  })
  server.on('upgrade', (request, socket) => upgrade(request, socket, state))
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(undefined))
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    broken: state.broken,
    seen: () => ({ requests: state.requests, aborted: state.aborted }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined))
        server.closeAllConnections()
      }),
  }
}

async function answer(path, request, response, state) {
  const { broken } = state
  if (path === '/events') return events(response, state)
  const signedIn = await state.sessions.answer(path, request)
  if (signedIn !== null)
    return send(request, response, state, {
      status: signedIn.status,
      type: 'application/json',
      body: signedIn.body === undefined ? '' : JSON.stringify(signedIn.body),
      headers: signedIn.headers,
    })
  const json = (ok, body) =>
    send(request, response, state, {
      status: ok ? 200 : 503,
      type: 'application/json',
      body: JSON.stringify(body),
    })
  const health = (name, part) => {
    const ok = !broken.has(name)
    return json(ok, { status: ok ? 'ok' : 'failing', part, checks: { [part]: { ok, ms: 1.25 } } })
  }
  if (path === '/health/' || path === '/health') return health('health', 'web')
  if (path === '/health/db/' || path === '/health/db') return health('db', 'database')
  if (path === '/health/redis/' || path === '/health/redis') return health('redis', 'redis')
  if (path === '/metrics') return metrics(request, response, state)
  if (path === '/static/app.js')
    return send(request, response, state, {
      type: 'text/javascript; charset=utf-8',
      body: SCRIPT,
      headers: broken.has('cache')
        ? { 'cache-control': 'no-store', 'x-cache': 'MISS' }
        : { 'cache-control': 'public, max-age=31536000, immutable', 'x-cache': 'HIT', age: '31' },
    })
  if (path.startsWith('/api/')) {
    const ok = !broken.has('api')
    const body = JSON.stringify({ status: ok ? 'ok' : 'error', version: '1.4.2', claims: ok ? 3 : null })
    return send(request, response, state, { status: ok ? 200 : 500, type: 'application/json', body })
  }
  if (path !== '/')
    return send(request, response, state, { status: 404, type: 'text/plain', body: 'Not found\n' })
  const ok = !broken.has('app')
  return send(request, response, state, {
    status: ok ? 200 : 500,
    type: 'text/html; charset=utf-8',
    body: ok ? PAGE : 'Internal error\n',
  })
}

function metrics(request, response, state) {
  if (state.broken.has('metrics'))
    return send(request, response, state, { status: 500, type: 'text/plain', body: 'broken\n' })
  return send(request, response, state, {
    type: 'text/plain; version=0.0.4; charset=utf-8',
    body: state.metrics.page(state.requests),
  })
}

function send(request, response, { broken }, { status = 200, type, body, headers = {} }) {
  const encoding = broken.has('compression') ? null : chosenEncoding(request.headers['accept-encoding'] ?? '')
  const bytes = encoding === null ? Buffer.from(body) : ENCODERS[encoding](Buffer.from(body))
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    vary: 'accept-encoding',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'strict-transport-security': `max-age=${broken.has('hsts') ? 300 : 31_536_000}; includeSubDomains`,
    'x-frame-options': broken.has('frame') ? 'SAMEORIGIN' : 'DENY',
    ...(broken.has('nosniff') ? {} : { 'x-content-type-options': 'nosniff' }),
    ...(broken.has('csp') ? {} : { 'content-security-policy': "default-src 'self'; frame-ancestors 'none'" }),
    ...(encoding === null ? {} : { 'content-encoding': encoding }),
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

const ENCODERS = {
  br: zlib.brotliCompressSync,
  gzip: zlib.gzipSync,
  zstd: (bytes) => zlib.zstdCompressSync(bytes),
}

function chosenEncoding(accepted) {
  const names = accepted.split(',').map((entry) => entry.split(';')[0].trim().toLowerCase())
  // Node 20 has no zstd, and the sample target also runs on it.
  const known = ['br', ...(zlib.zstdCompressSync === undefined ? [] : ['zstd']), 'gzip']
  return known.find((name) => names.includes(name)) ?? null
}

async function flip(request, response, { broken, metrics: pretended }) {
  const reply = (status, body) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(body))
  const all = () =>
    Object.fromEntries(Object.entries(SWITCHES).map(([name, does]) => [name, { on: broken.has(name), does }]))
  if (request.method === 'GET') return reply(200, all())
  if (request.method !== 'POST') return reply(405, { error: 'GET or POST' })
  // A form of another site cannot send JSON without asking first, so no stray page flips a switch.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    return reply(415, { error: 'send application/json' })
  const asked = await readSwitch(request)
  if (asked === null)
    return reply(400, {
      error: 'send {"name": "hsts", "on": true}; name "all" with false repairs everything',
    })
  const names = asked.name === 'all' ? Object.keys(SWITCHES) : [asked.name]
  for (const name of names) {
    if (asked.on) broken.add(name)
    else broken.delete(name)
  }
  pretended.advance()
  return reply(200, all())
}

async function readSwitch(request) {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MAX_SWITCH_BYTES) return null
  }
  try {
    const { name, on } = JSON.parse(text)
    const known = Object.hasOwn(SWITCHES, name) || (name === 'all' && on === false)
    return known && typeof on === 'boolean' ? { name, on } : null
  } catch {
    return null
  }
}

if (import.meta.main ?? process.argv[1]?.endsWith('sample-target.mjs')) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '4100' }, host: { type: 'string', default: '127.0.0.1' } },
  })
  const target = await startSampleTarget({ port: Number(values.port), host: values.host }).catch((error) => {
    console.error(`The sample target cannot listen on ${values.host}:${values.port}: ${error.message}`)
    process.exit(1)
  })
  console.log(`Sample target at ${target.url}`)
  for (const name of ['SIGINT', 'SIGTERM'])
    process.once(name, () => void target.close().then(() => process.exit(0)))
}
