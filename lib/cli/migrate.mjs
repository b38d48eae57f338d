import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { applyMigrations } from './apply-migrations.mjs'
import { inside } from './project.mjs'

/** Every `*.prisma` file below `dir`, as the engine wants them: [{path, content}], sorted by path. */
function readSchema(dir = inside('prisma/schema')) {
  const names = readdirSync(dir, { recursive: true }).map(String)
  return names
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: path.join(dir, name), content: readFileSync(path.join(dir, name), 'utf8') }))
}

/** The migrations on disk, oldest first: [{name, sql}]. */
export function readMigrations(dir = inside('prisma/migrations')) {
  if (!existsSync(dir)) return []
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(path.join(dir, name, 'migration.sql'), 'utf8') }))
}

/**
 * Applies every migration that the database at `url` lacks. Returns the names just applied (empty when up to date).
 * Throws MigrationError.
 */
export async function migrate({ url, migrationsDir }) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await applyMigrations(client, readMigrations(migrationsDir))
  } finally {
    await client.end()
  }
}

/**
 * The SQL that leads to the schema on disk: from the database at `url`; without one from a scratch database that
 * holds nothing, or with `fromMigrations` the migrations on disk (what the next migration has to say).
 */
export async function diff({ url, schemaDir, migrationsDir, fromMigrations = false } = {}) {
  const { schemaDiff } = await import('./schema-engine.mjs')
  const files = readSchema(schemaDir)
  if (url) return schemaDiff({ url, files, fromEmpty: false })
  const { startScratchDatabase } = await import('./scratch-database.mjs')
  const scratch = await startScratchDatabase()
  try {
    if (fromMigrations) await migrate({ url: scratch.url, migrationsDir })
    return await schemaDiff({ url: scratch.url, files, fromEmpty: !fromMigrations })
  } finally {
    await scratch.stop()
  }
}

async function main([verb, ...rest]) {
  const option = (name) => rest.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
  const dirs = { schemaDir: option('schema'), migrationsDir: option('migrations') }
  if (verb === 'diff') {
    const url = option('url') ?? (rest.includes('--live') ? process.env.DATABASE_URL : undefined)
    process.stdout.write(await diff({ url, ...dirs, fromMigrations: rest.includes('--from-migrations') }))
  } else if (verb === 'apply') {
    const names = await migrate({ url: option('url') ?? process.env.DATABASE_URL, ...dirs })
    process.stdout.write(names.length > 0 ? `${names.join('\n')}\n` : 'nothing to apply\n')
  } else {
    process.stderr.write(
      'usage: migrate.mjs diff [--from-migrations | --url=URL | --live] | apply [--url=URL]\n',
    )
    process.exitCode = 2
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
