import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A real server program on a free port of this machine, ended and cleaned up by `stop`. */
export type Process = { folder: string; pid: number; stop: () => Promise<void> }

export const NGINX = programme('nginx')
export const REDIS = programme('redis-server')
export const PROMETHEUS = programme('prometheus')
export const PROMTOOL = programme('promtool')
export const ALERTMANAGER = programme('prometheus-alertmanager')
export const BLACKBOX = programme('prometheus-blackbox-exporter')

export function programme(name: string): string | undefined {
  const places = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']
  return places.map((place) => `${place}/${name}`).find((file) => existsSync(file))
}

/** The title of a suite that needs a program, and what to install where it is missing. */
export function titled(title: string, found: string | undefined, debian: string): string {
  return found === undefined ? `${title} (not installed: apt-get install ${debian})` : title
}

export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

export function newFolder(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `probe-${name}-`))
}

/** Starts a program and waits until every port takes connections. */
export async function start({
  command,
  args,
  folder,
  ports,
}: {
  command: string
  args: string[]
  folder: string
  ports: number[]
}): Promise<Process> {
  const child = spawn(command, args, { stdio: 'ignore', cwd: folder })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} is not installed`)
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilReachable(ports)
  } catch (error) {
    await stop()
    throw error
  }
  return { folder, pid, stop }
}

/** Waits without Vitest, as the demonstration starts the same servers outside of it. */
async function untilReachable(ports: readonly number[]): Promise<void> {
  for (const until = Date.now() + 20_000; ; await sleep(50)) {
    try {
      await Promise.all(ports.map(reachable))
      return
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

function reachable(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}

/** nginx with `servers` in its http block; `folder` may hold certificates already. */
export async function startNginx({
  folder,
  servers,
  ports,
}: {
  folder: string
  servers: string
  ports: number[]
}): Promise<Process> {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  const file = path.join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http { access_log off; ${temporary} default_type text/html; ${servers} }`,
  )
  return start({ command: NGINX ?? 'nginx', args: ['-p', folder, '-c', file], folder, ports })
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

/** An authority of the test's own; gives its certificate's text. */
export function authority(folder: string, name: string, days: number): string {
  return selfSigned(folder, name, ['-subj', `/CN=Test authority ${name}`, '-days', String(days)])
}

/** A certificate for localhost that is signed by itself; gives its text. */
export function ownCertificate(folder: string, name: string, days: number): string {
  return selfSigned(folder, name, [...subjectOf('localhost'), '-days', String(days)])
}

function selfSigned(folder: string, name: string, more: readonly string[]): string {
  const files = ['-keyout', path.join(folder, `${name}.key`), '-out', path.join(folder, `${name}.pem`)]
  execFileSync('openssl', ['req', '-x509', ...KEY, ...files, ...more], { stdio: 'ignore' })
  return readFileSync(path.join(folder, `${name}.pem`), 'utf8')
}

const subjectOf = (host: string) => ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]

/** A certificate signed by an authority of the same folder. `days` below zero: it ended so long ago. */
export function certificate(
  folder: string,
  { name, by, host, days }: { name: string; by: string; host: string; days: number },
): void {
  const file = (end: string) => path.join(folder, `${name}.${end}`)
  const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore', cwd: folder })
  const subject = subjectOf(host)
  const [cert, key] = [path.join(folder, `${by}.pem`), path.join(folder, `${by}.key`)]
  if (days > 0) {
    const files = ['-keyout', file('key'), '-out', file('pem'), '-days', String(days)]
    run('req', '-x509', ...KEY, '-CA', cert, '-CAkey', key, ...subject, ...files)
    return
  }
  // Only `openssl ca` takes dates in the past in every version.
  writeFileSync(file('index'), '')
  writeFileSync(
    file('conf'),
    `[ca]\ndefault_ca=c\n[c]\ndatabase=${file('index')}\nnew_certs_dir=${folder}\nrand_serial=yes\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\n[p]\ncommonName=supplied\n`,
  )
  run('req', ...KEY, ...subject, '-keyout', file('key'), '-out', file('csr'))
  const stamp = (ago: number) =>
    `${new Date(Date.now() + ago * 86_400_000).toISOString().replace(/[-:T]|\..*/g, '')}Z`
  const dates = ['-startdate', stamp(days - 90), '-enddate', stamp(days)]
  const files = ['-in', file('csr'), '-out', file('pem'), '-cert', cert, '-keyfile', key]
  run('ca', '-batch', '-notext', '-config', file('conf'), ...files, ...dates)
}

/** A redis-server without a file of its own. */
export async function startRedis(...more: string[]): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...more]
  const { stop } = await start({ command: REDIS ?? '', args, folder: newFolder('redis'), ports: [port] })
  return { url: `redis://127.0.0.1:${port}`, stop }
}

/** What is not installed of what a test needs, in the words of a title; null where nothing is missing. */
export function lackOf(found: string | undefined, debian: string): string | null {
  return found === undefined ? `not installed: apt-get install ${debian}` : null
}
