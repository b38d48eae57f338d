import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { canEnter, databaseUser } from './database-user.mjs'
import { freePort } from './ports.mjs'
import { initialise, reachableNative, startPostgres, stopPostgres } from './postgres.mjs'

// Durability costs half of a test's time and a scratch cluster is thrown away after a crash anyway.
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300']

/**
 * A PostgreSQL of one's own for tests and schema work, in the temporary folder.
 * Returns {url (database postgres), folder, pid, stop, crash}; stop ends the server and deletes its folder, crash kills it
 * (SIGKILL) and starts it again on the same port.
 */
export async function startScratchDatabase(extra = []) {
  const user = databaseUser()
  const native = reachableNative(user)
  const base = canEnter(user, tmpdir()) ? tmpdir() : '/tmp'
  const home = mkdtempSync(path.join(base, 'countersign-pg-'))
  chmodSync(home, 0o755)
  const folder = path.join(home, 'data')
  const password = randomBytes(18).toString('hex')
  const port = await freePort()
  try {
    await initialise({ native, folder, user, password })
    const flags = [...FAST, ...extra].flatMap((setting) => ['-c', setting])
    const logFile = path.join(home, 'log')
    const start = () => startPostgres({ native, folder, user, port, flags, logFile })
    let child = await start()
    const crash = async () => {
      process.kill(child.pid, 'SIGKILL')
      child = await start()
    }
    const stop = async () => {
      await stopPostgres(child.pid, 2_000)
      rmSync(home, { recursive: true, force: true })
    }
    return {
      url: `postgresql://countersign:${password}@127.0.0.1:${port}/postgres`,
      folder,
      pid: child.pid,
      crash,
      stop,
    }
  } catch (error) {
    rmSync(home, { recursive: true, force: true })
    throw error
  }
}
