import { createHash, randomUUID } from 'node:crypto'

// One fixed number for "a migration is running": two replicas that start together wait for each other.
const LOCK = 7_201_905

// Prisma's own table, so that its tools read the history as usual.
const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

const APPLIED = `select migration_name as name, checksum from _prisma_migrations
  where finished_at is not null and rolled_back_at is null`

const NOTE =
  'insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) ' +
  'values ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)'

/** A migration that was refused; `message` is one sentence that names it and the reason. */
export class MigrationError extends Error {}

async function applyOne(client, { name, sql, checksum }) {
  try {
    await client.query('begin')
    // Whole, by the simple protocol: a function's body has semicolons of its own.
    await client.query(sql)
    await client.query(NOTE, [randomUUID(), checksum, name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    const reason = [error.message, error.detail].filter(Boolean).join(': ')
    throw new MigrationError(`Migration ${name} failed and was undone: ${reason}.`)
  }
}

/**
 * Applies what the database lacks of `migrations` ([{name, sql}], in order), each with its note in one transaction:
 * an error or a crash leaves either both or neither. Returns the names just applied. Throws MigrationError.
 */
export async function applyMigrations(client, migrations) {
  await client.query('select pg_advisory_lock($1)', [LOCK])
  await client.query(TABLE)
  const { rows } = await client.query(APPLIED)
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  const checked = migrations.map((migration) => ({
    ...migration,
    checksum: createHash('sha256').update(migration.sql).digest('hex'),
  }))
  const edited = checked.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
  if (edited) {
    throw new MigrationError(
      `Migration ${edited.name} was changed after this database had applied it: restore the file, or use another database (DATA_DIR, DATABASE_URL).`,
    )
  }
  const missing = checked.filter(({ name }) => !applied.has(name))
  for (const migration of missing) await applyOne(client, migration)
  return missing.map(({ name }) => name)
}
