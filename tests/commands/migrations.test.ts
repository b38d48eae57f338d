import pg from 'pg'
import { expect, it } from 'vitest'
import { diff, migrate, readMigrations } from '#lib/cli/migrate.mjs'
import { createTestDatabase } from '#tests/support/database.ts'

// What SQL adds by hand (checks, triggers, composite keys) shows up as something to drop; only lacks count.
it('make every table and column that the schema names', async () => {
  const lacks = (await diff({ fromMigrations: true })).match(/CREATE TABLE.*|ADD COLUMN.*|ALTER COLUMN.*/g)
  expect(lacks).toBeNull()
})

it('are applied once: a second run finds nothing to do', async () => {
  const database = await createTestDatabase()
  expect(await migrate({ url: database.url })).toEqual([])
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query(
    'select count(*)::int as n from _prisma_migrations where finished_at is not null',
  )
  expect(rows[0]).toEqual({ n: readMigrations().migrationDirectories.length })
  await client.end()
  await database.drop()
})
