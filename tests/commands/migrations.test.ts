import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
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
  expect(rows[0]).toEqual({ n: readMigrations().length })
  await client.end()
  await database.drop()
})

it('that fail are undone whole, name themselves, and go through once they are mended', async () => {
  const database = await createTestDatabase()
  const migrationsDir = mkdtempSync(path.join(tmpdir(), 'countersign-migrations-'))
  const write = (name: string, sql: string): void => {
    mkdirSync(path.join(migrationsDir, name), { recursive: true })
    writeFileSync(path.join(migrationsDir, name, 'migration.sql'), sql)
  }
  const body =
    'create function twice(n int) returns int language plpgsql as $$ begin n := n * 2; return n; end; $$;'
  write('90000101_000000_first', body)
  write('90000101_000001_second', 'create table kept (id int); select 1 / 0;')
  await expect(migrate({ url: database.url, migrationsDir })).rejects.toThrow(
    'Migration 90000101_000001_second failed and was undone: division by zero.',
  )
  write('90000101_000001_second', 'create table kept (id int);')
  expect(await migrate({ url: database.url, migrationsDir })).toEqual(['90000101_000001_second'])
  write('90000101_000001_second', 'create table kept (id int, more int);')
  await expect(migrate({ url: database.url, migrationsDir })).rejects.toThrow('was changed after')
  rmSync(migrationsDir, { recursive: true })
  await database.drop()
})

it('of two replicas that start together are applied once', async () => {
  const database = await createTestDatabase()
  const migrationsDir = mkdtempSync(path.join(tmpdir(), 'countersign-migrations-'))
  mkdirSync(path.join(migrationsDir, '90000101_000000_one'))
  writeFileSync(
    path.join(migrationsDir, '90000101_000000_one', 'migration.sql'),
    'create table one (id int);',
  )
  const both = await Promise.all([1, 2].map(() => migrate({ url: database.url, migrationsDir })))
  expect(both.flat()).toEqual(['90000101_000000_one'])
  rmSync(migrationsDir, { recursive: true })
  await database.drop()
})
