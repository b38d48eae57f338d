import { chownSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import tls from 'node:tls'
import pg from 'pg'
import { WebSocketServer } from 'ws'
import { startScratchDatabase } from '#lib/cli/scratch-database.mjs'
import { deployment, pod, replicaSet, type Thing } from './kubernetes-api.ts'
import { freePort, type Process, REDIS, start, startNginx } from './processes.ts'

/** Who the client's certificate is for, and whom PostgreSQL lets in by it. */
export const SUBJECT = 'probe.example'

/** A server that lets nobody in without a certificate of `ca.pem` in its folder. `saw`: the subjects that were shown to it, as it writes them. */
export type Demanding = { port: number; saw: () => string[]; stop: () => Promise<void> }

const apps = '/apis/apps/v1/namespaces/shop'
const KUBERNETES: Record<string, Thing> = {
  [`${apps}/deployments/web`]: deployment(),
  [`${apps}/replicasets`]: { kind: 'List', metadata: {}, items: [replicaSet('rs-7', '7')] },
  '/api/v1/namespaces/shop/pods': { kind: 'List', metadata: {}, items: [pod('web-1'), pod('web-2')] },
}

/** In the clear: what kinds over HTTP ask for, by path; a stream where one is wanted, and a socket at `/ws`. */
export async function startWeb(): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://web')
    const json = (body: object) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const found = KUBERNETES[pathname]
    if (found !== undefined) return json(found)
    if (pathname.startsWith('/loki/')) return json(lokiAnswer(pathname))
    if (pathname === '/metrics') return response.end('up 1\n')
    if (request.headers.accept === 'text/event-stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      return response.write('data: hello\n\n')
    }
    return response
      .writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' })
      .end('<p>hello</p>\n'.repeat(200))
  })
  const sockets = new WebSocketServer({ server, path: '/ws' })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server),
    stop: async () => {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function lokiAnswer(pathname: string): object {
  const now = Date.now()
  const data = pathname.endsWith('/query_range')
    ? { resultType: 'streams', result: [{ stream: {}, values: [[`${now}000000`, 'a line']] }] }
    : { resultType: 'vector', result: [{ metric: {}, value: [now / 1000, '0'] }] }
  return { status: 'success', data }
}

function portOf(server: net.Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('not listening')
  return address.port
}

/** TLS in front of something in the clear. Unlike nginx, which answers 400, it refuses inside TLS, as most servers do. */
export async function startFront({
  folder,
  to,
  alpn,
  newest = 'TLSv1.3',
}: {
  folder: string
  to: number
  alpn: string
  newest?: 'TLSv1.2' | 'TLSv1.3'
}): Promise<Demanding> {
  const read = (name: string) => readFileSync(path.join(folder, name))
  const seen: string[] = []
  const open = new Set<net.Socket>()
  const server = tls.createServer(
    {
      ...{ cert: read('site.pem'), key: read('site.key'), ca: read('ca.pem') },
      ...{ requestCert: true, rejectUnauthorized: true, maxVersion: newest, ALPNProtocols: [alpn] },
    },
    (socket) => {
      seen.push(String(socket.getPeerCertificate().subject.CN))
      const behind = net.connect(to, '127.0.0.1')
      for (const [one, other] of [
        [socket, behind],
        [behind, socket],
      ] as const) {
        open.add(one)
        one.on('error', () => other.destroy()).once('close', () => other.destroy())
        one.pipe(other)
      }
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server),
    saw: () => seen.splice(0),
    stop: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** One nginx in front of each of `to`: `grpc` in its own protocol, the others in HTTP. Without a certificate it answers 400. */
export async function startDemandingNginx<Name extends string>({
  folder,
  to,
}: {
  folder: string
  to: Record<Name, number>
}): Promise<{ ports: Record<Name, number>; saw: () => string[]; stop: () => Promise<void> }> {
  const names = Object.keys(to) as Name[]
  const ports = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await freePort()] as const)),
  ) as Record<Name, number>
  const pass = (name: Name) =>
    name === 'grpc'
      ? `grpc_pass grpc://127.0.0.1:${to[name]};`
      : `proxy_pass http://127.0.0.1:${to[name]}; proxy_http_version 1.1; proxy_buffering off;
         proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $upgraded;`
  const log = path.join(folder, 'subjects.log')
  const site = `ssl_certificate ${folder}/site.pem; ssl_certificate_key ${folder}/site.key;
    ssl_client_certificate ${folder}/ca.pem; ssl_verify_client on; access_log ${log} subjects;`
  const nginx: Process = await startNginx({
    folder,
    servers: `log_format subjects $ssl_client_s_dn; map $http_upgrade $upgraded { default upgrade; '' ''; }
      ${names.map((name) => `server { listen 127.0.0.1:${ports[name]} ssl http2; ${site} location / { ${pass(name)} } }`).join('\n')}`,
    ports: Object.values(ports),
  })
  let read = 0
  return {
    ports,
    saw: () => {
      const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1)
      const fresh = lines.slice(read)
      read = lines.length
      return fresh
    },
    stop: nginx.stop,
  }
}

/** A Redis that takes TLS with a certificate alone; it tells nobody whose that was. */
export async function startDemandingRedis(
  folder: string,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const port = await freePort()
  const { stop } = await start({
    command: REDIS ?? '',
    args: [
      ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'yes', '--save', ''],
      ...['--tls-cert-file', `${folder}/site.pem`, '--tls-key-file', `${folder}/site.key`],
      ...['--tls-ca-cert-file', `${folder}/ca.pem`],
    ],
    folder,
    ports: [port],
  })
  return { port, stop }
}

/** A PostgreSQL that knows its users by the subjects of their certificates, and writes down whom it let in. */
export async function startDemandingPostgres(folder: string): Promise<Demanding> {
  const server = await startScratchDatabase(['log_connections=on'])
  const { uid, gid } = statSync(server.folder)
  for (const name of ['site.pem', 'site.key', 'ca.pem']) {
    const file = path.join(server.folder, name)
    copyFileSync(path.join(folder, name), file)
    chownSync(file, uid, gid)
  }
  writeFileSync(
    path.join(server.folder, 'pg_hba.conf'),
    `host all countersign 127.0.0.1/32 scram-sha-256\nhostssl all "${SUBJECT}" 127.0.0.1/32 cert\n`,
  )
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  for (const statement of [
    `CREATE ROLE "${SUBJECT}" LOGIN`,
    "ALTER SYSTEM SET ssl_cert_file = 'site.pem'",
    "ALTER SYSTEM SET ssl_key_file = 'site.key'",
    "ALTER SYSTEM SET ssl_ca_file = 'ca.pem'",
    'ALTER SYSTEM SET ssl = on',
    'SELECT pg_reload_conf()',
  ])
    await admin.query(statement)
  await admin.end()
  const log = path.join(server.folder, '..', 'log')
  return {
    port: Number(new URL(server.url).port),
    saw: () =>
      [...readFileSync(log, 'utf8').matchAll(/identity="([^"]*)" method=cert/g)].map(([, who = '']) => who),
    stop: server.stop,
  }
}
