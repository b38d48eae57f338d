import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '#lib/cli/migrate.mjs'
import { startScratchDatabase } from '#lib/cli/scratch-database.mjs'

const TEMPLATE = 'test_template'

export type TestDatabase = { url: string; name: string; drop: () => Promise<void> }

async function onServer(statement: string): Promise<void> {
  const address = process.env.TEST_DATABASE_URL
  if (!address) throw new Error('TEST_DATABASE_URL is not set: the global set-up of this suite did not run')
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const named = (address: string, name: string): string => {
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.href
}

/**
 * Starts the run's PostgreSQL with its migrated template, unless an enclosing run did; sets TEST_DATABASE_URL for
 * the workers. Returns what ends it.
 */
export async function openTestServer(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return async () => undefined
  const server = await startScratchDatabase()
  process.env.TEST_DATABASE_URL = server.url
  await onServer(`create database ${TEMPLATE}`)
  await migrate({ url: named(server.url, TEMPLATE) })
  return async () => {
    delete process.env.TEST_DATABASE_URL
    await server.stop()
  }
}

/** A database of one's own, cloned from the migrated template; named test_… so that a supplied clock is accepted. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name} template ${TEMPLATE}`)
  return {
    name,
    url: named(process.env.TEST_DATABASE_URL ?? '', name),
    drop: () => onServer(`drop database if exists ${name} with (force)`),
  }
}
