import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { build, generate, isBuilt, isGenerated } from './build.mjs'
import { lockDataFolder } from './data-lock.mjs'
import { embeddedRecord, openCluster, prepareCluster, stopLeftover } from './embedded-database.mjs'
import { checkDatabase, hasPeople } from './external-database.mjs'
import { Failure, sentenceOf } from './failure.mjs'
import { install, isInstalled } from './install.mjs'
import { Keeper } from './keeper.mjs'
import { migrate } from './migrate.mjs'
import { watchParents } from './parents.mjs'
import { assertFree, readPort } from './ports.mjs'
import { nativeFolder, stopPostgres } from './postgres.mjs'
import { endProcess } from './processes.mjs'
import { childEnv, inside, pinnedNode, readDotEnv, root } from './project.mjs'
import { deriveSecret, rootKey } from './root-key.mjs'
import { servingKeepers, untilHealthy } from './serving.mjs'
import { setupCode } from './setup-code.mjs'
import { endRunning, step } from './steps.mjs'

const dev = process.argv.includes('--dev')
const say = (line) => process.stdout.write(`${line}\n`)

let lock
let database
let serving = []
let ending = false

/** Stops what was started, the database last, and leaves. */
async function end(code) {
  if (ending) return
  ending = true
  lock?.stopping()
  endRunning()
  await Promise.all(serving.map((keeper) => keeper.stop(10_000)))
  const last = await database?.retire()
  if (last) await stopPostgres(last.pid)
  lock?.release()
  process.exit(code)
}

async function openEmbedded(dataDir) {
  nativeFolder()
  const known = embeddedRecord(dataDir)
  const made = known && existsSync(path.join(known.folder, 'PG_VERSION'))
  const record = made
    ? await prepareCluster(dataDir)
    : await step('Make the database', async (remark) => {
        const fresh = await prepareCluster(dataDir)
        if (!fresh.folder.startsWith(dataDir))
          remark(`in ${fresh.folder}: its account may not enter ${dataDir}`)
        return fresh
      })
  return step('Start the database', async (remark) => {
    const leftover = await stopLeftover(record)
    if (leftover) remark(`process ${leftover}, left by a killed start, was stopped first`)
    let url
    database = new Keeper({
      name: 'database',
      report: say,
      onChange: () => undefined,
      launch: async () => {
        const opened = await openCluster(dataDir, embeddedRecord(dataDir))
        url = opened.url
        return opened.child
      },
    })
    await database.start()
    return url
  })
}

const openExternal = (url) =>
  step('Reach the database', async (remark) => {
    remark(`PostgreSQL ${await checkDatabase(url)}`)
    return url
  })

const migrateWith = (url) =>
  step('Migrate the database', async (remark) => {
    const names = await migrate({ url })
    const few = names.length > 3 ? `${names.length} migrations` : names.join(', ')
    remark(few || 'nothing to apply')
  })

async function serve(env, port) {
  const held = []
  let hold = true
  const write = (text) => {
    if (hold) held.push(text)
    else process.stdout.write(text)
  }
  const onChange = () => lock.remember(serving.flatMap((keeper) => keeper.noted ?? []))
  serving = servingKeepers({ env, dev, write, onChange })
  try {
    await step('Start the server', async () => {
      for (const keeper of serving) await keeper.start()
      await untilHealthy(port, () =>
        serving[0].noted ? null : new Failure('The server ended while starting.'),
      )
    })
  } finally {
    // What the children said so far comes before our last line, which is the address.
    hold = false
    process.stdout.write(held.join(''))
  }
}

/** The children read their environment lazily; a bad variable must be said now, not on somebody's first click. */
function assertEnvironment(env) {
  const checked = spawnSync(pinnedNode, [inside('lib/cli/check-environment.ts')], { env, encoding: 'utf8' })
  if (checked.status !== 0) throw new Failure(checked.stderr.trim())
}

async function main() {
  readDotEnv()
  const port = readPort()
  const dataDir = path.resolve(root, process.env.DATA_DIR || '.data')
  lock = await lockDataFolder(dataDir, port)
  for (const leftover of lock.leftovers) await endProcess(leftover)
  await assertFree(port)
  if (!isInstalled()) await step('Install the packages', install)
  const key = rootKey(dataDir)
  const url = await (process.env.DATABASE_URL
    ? openExternal(process.env.DATABASE_URL)
    : openEmbedded(dataDir))
  const publicUrl = (process.env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, '')
  const code = setupCode()
  const env = childEnv({
    NODE_ENV: dev ? 'development' : 'production',
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    NEXTAUTH_URL: publicUrl,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || deriveSecret(key, 'nextauth'),
    COUNTERSIGN_SETUP_CODE: code,
    // Hashing passwords takes up to four threads; files and names must not wait behind it.
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE || '8',
  })
  assertEnvironment(env)
  await migrateWith(url)
  if (!isGenerated()) await step('Generate the database client', generate)
  if (!dev && !isBuilt()) await step('Build', build)
  await serve(env, port)
  if (!(await hasPeople(url))) say(`First visit: ${publicUrl}/setup  one-time code: ${code}`)
  say(`Countersign is ready at http://localhost:${port}`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0))
watchParents(() => end(0))
main().catch(async (error) => {
  if (!ending) process.stderr.write(`${sentenceOf(error)}\n`)
  await end(1)
})
