import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { databaseUser } from './database-user.mjs'
import { Failure } from './failure.mjs'
import { freePort } from './ports.mjs'
import {
  clusterFolder,
  initialise,
  reachableNative,
  runningPid,
  startPostgres,
  stopPostgres,
} from './postgres.mjs'

const recordOf = (dataDir) => path.join(dataDir, 'postgres.json')

function save(dataDir, record) {
  const file = recordOf(dataDir)
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** What is known of the data folder's own PostgreSQL, {folder, port, password}, or null before the first start. */
export function embeddedRecord(dataDir) {
  const file = recordOf(dataDir)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

export const embeddedUrl = ({ port, password }, database = 'countersign') =>
  `postgresql://countersign:${password}@127.0.0.1:${port}/${database}`

/** The account that owns an existing cluster runs it again, whoever would be chosen today. */
function ownerOf(folder) {
  const user = databaseUser()
  if (!user || !existsSync(folder)) return user
  const { uid, gid } = statSync(folder)
  return uid === 0 ? user : { ...user, uid, gid }
}

function assertOwn(folder) {
  const me = process.getuid?.()
  if (me === undefined || me === 0 || statSync(folder).uid === me) return
  throw new Failure(`${folder} belongs to another account: start as that account, or set another DATA_DIR.`)
}

/** Makes the cluster when it is not there yet. Returns its record. */
export async function prepareCluster(dataDir) {
  const known = embeddedRecord(dataDir)
  if (known && existsSync(path.join(known.folder, 'PG_VERSION'))) {
    assertOwn(known.folder)
    return known
  }
  const user = databaseUser()
  const native = reachableNative(user)
  const record = {
    folder: clusterFolder(user, dataDir),
    port: await freePort(),
    password: randomBytes(24).toString('hex'),
  }
  if (existsSync(path.join(record.folder, 'PG_VERSION'))) {
    throw new Failure(
      `${recordOf(dataDir)} is missing, which holds the password of ${record.folder}: restore it.`,
    )
  }
  await initialise({ native, folder: record.folder, user, password: record.password })
  save(dataDir, record)
  return record
}

/** Stops a PostgreSQL that a killed supervisor left behind; returns its pid or null. */
export async function stopLeftover(record) {
  const pid = runningPid(record.folder)
  if (pid) await stopPostgres(pid)
  return pid
}

async function makeDatabase(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'countersign'")
    if (rowCount === 0) await client.query('create database countersign')
  } finally {
    await client.end()
  }
}

/** Starts the cluster, on its own port when that is still free, and makes its database. Returns {child, url}. */
export async function openCluster(dataDir, record) {
  const user = ownerOf(record.folder)
  const port = await freePort(record.port)
  if (port !== record.port) save(dataDir, { ...record, port })
  const logFolder = path.join(dataDir, 'logs')
  mkdirSync(logFolder, { recursive: true })
  const child = await startPostgres({
    native: reachableNative(user),
    folder: record.folder,
    user,
    port,
    logFile: path.join(logFolder, 'postgresql.log'),
    flags: ['-c', 'max_connections=200', '-c', 'shared_buffers=256MB'],
  })
  try {
    await makeDatabase(embeddedUrl({ ...record, port }, 'postgres'))
  } catch (error) {
    // Nobody keeps it yet, so nobody else would stop it.
    await stopPostgres(child.pid)
    throw error
  }
  return { child, url: embeddedUrl({ ...record, port }) }
}
