import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { startScratchDatabase } from './scratch-database.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const NO_FILTERS = { externalTables: [], externalEnums: [] }
// One fixed number for "a migration is running": two replicas that start together wait for each other.
const LOCK = 7_201_905

/** Every `*.prisma` file below `dir`, as the engine wants them: [{path, content}], sorted by path. */
export function readSchema(dir = path.join(root, 'prisma/schema')) {
  const names = readdirSync(dir, { recursive: true }).map(String)
  return names
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: path.join(dir, name), content: readFileSync(path.join(dir, name), 'utf8') }))
}

/** The migrations on disk in the engine's shape. A folder without migration.sql becomes an error of the engine. */
export function readMigrations(baseDir = path.join(root, 'prisma/migrations')) {
  const lock = path.join(baseDir, 'migration_lock.toml')
  const folders = existsSync(baseDir) ? readdirSync(baseDir, { withFileTypes: true }) : []
  const migrationDirectories = folders
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const file = path.join(baseDir, name, 'migration.sql')
      const content = existsSync(file)
        ? { tag: 'ok', value: readFileSync(file, 'utf8') }
        : { tag: 'error', value: `${name}/migration.sql is missing` }
      return { path: name, migrationFile: { path: 'migration.sql', content } }
    })
  const lockfile = {
    path: 'migration_lock.toml',
    content: existsSync(lock) ? readFileSync(lock, 'utf8') : null,
  }
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories }
}

/** SHA-256 of all migrations: the name under which a migrated template database is kept. */
export function migrationsDigest(baseDir) {
  return createHash('sha256')
    .update(JSON.stringify(readMigrations(baseDir).migrationDirectories))
    .digest('hex')
}

// The engine's ten-second lock timer outlives its work and would hold the process; it may fire, not keep us.
function patient(glue) {
  const timers = Object.keys(glue).filter((name) => name.startsWith('__wbg_setTimeout'))
  const unheld = (name) => (run, delay) => {
    const timer = glue[name](run, delay)
    timer?.unref?.()
    return timer
  }
  return { ...glue, ...Object.fromEntries(timers.map((name) => [name, unheld(name)])) }
}

let loading
/** The engine's glue, instantiated once: it caches views of one memory, a second instance would read the first's. */
function loadGlue() {
  loading ??= (async () => {
    const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const glue = await import(pathToFileURL(file).href)
    const bytes = readFileSync(file.replace(/\.js$/, '.wasm'))
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': patient(glue) })
    glue.__wbg_set_wasm(instance.exports)
    let panic = ''
    // Without this registry a panic of the engine hides behind a TypeError of its glue.
    globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (text) => (panic = text), get: () => panic }
    instance.exports.__wbindgen_start()
    return glue
  })()
  return loading
}

/** Works with a schema engine on the database at `url` and closes its connections, which would block a clone. */
async function withEngine(url, schema, work) {
  const glue = await loadGlue()
  const { default: pg } = await import('pg')
  const { SchemaAdapter } = await import('./schema-adapter.mjs')
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
  const pool = new pg.Pool({ connectionString: url })
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new SchemaAdapter(pool))
    const datamodels = schema.map((file) => [file.path, file.content])
    return await work(await glue.SchemaEngine.new({ datamodels }, () => undefined, factory))
  } finally {
    await pool.end()
  }
}

/** The engine's errors carry a user-facing message; the rest is a stack of Rust. */
function sentence(error) {
  const text = globalThis.PRISMA_WASM_PANIC_REGISTRY?.get() || (error?.message ?? String(error))
  return stripVTControlCharacters(text).trim()
}

/** A migration that PostgreSQL refused; `message` names the migration and the reason. */
export class MigrationError extends Error {}

/**
 * Applies every migration that the database lacks, under an advisory lock.
 * Returns the names just applied (empty when up to date). Throws MigrationError.
 */
export async function migrate({ url, migrationsDir, schemaDir } = {}) {
  const { default: pg } = await import('pg')
  const guard = new pg.Client({ connectionString: url })
  await guard.connect()
  try {
    await guard.query('select pg_advisory_lock($1)', [LOCK])
    const migrationsList = readMigrations(migrationsDir)
    const done = await withEngine(url, readSchema(schemaDir), (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
    )
    return done.appliedMigrationNames
  } catch (error) {
    throw new MigrationError(sentence(error))
  } finally {
    await guard.end()
  }
}

/**
 * The SQL that leads to the schema on disk: from the database at `url`; without one from a scratch database that
 * holds nothing, or with `fromMigrations` the migrations on disk (what the next migration has to say).
 */
export async function diff({ url, schemaDir, migrationsDir, fromMigrations = false } = {}) {
  const files = readSchema(schemaDir)
  const scratch = url ? null : await startScratchDatabase()
  try {
    if (scratch && fromMigrations) await migrate({ url: scratch.url, schemaDir, migrationsDir })
    const from =
      url || fromMigrations ? { tag: 'schemaDatasource', files, configDir: root } : { tag: 'empty' }
    const to = { tag: 'schemaDatamodel', files }
    // The engine insists on a live database, even to compare with nothing.
    const result = await withEngine(url ?? scratch.url, files, (engine) =>
      engine.diff({ from, to, script: true, exitCode: null, filters: NO_FILTERS }),
    )
    return result.stdout ?? ''
  } finally {
    await scratch?.stop()
  }
}

async function main([verb, ...rest]) {
  const option = (name) => rest.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
  const schemaDir = option('schema')
  const url = option('url') ?? (rest.includes('--live') ? process.env.DATABASE_URL : undefined)
  if (verb === 'diff') {
    const fromMigrations = rest.includes('--from-migrations')
    process.stdout.write(await diff({ url, schemaDir, migrationsDir: option('migrations'), fromMigrations }))
  } else if (verb === 'apply') {
    const names = await migrate({
      url: url ?? process.env.DATABASE_URL,
      schemaDir,
      migrationsDir: option('migrations'),
    })
    process.stdout.write(names.length > 0 ? `${names.join('\n')}\n` : 'nothing to apply\n')
  } else {
    process.stderr.write(
      'usage: migrate.mjs diff [--from-migrations | --url=URL | --live] | apply --url=URL\n',
    )
    process.exitCode = 2
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).then(
    () => process.exit(),
    (error) => {
      process.stderr.write(`${sentence(error)}\n`)
      process.exit(1)
    },
  )
}
