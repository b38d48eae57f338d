import { afterAll, beforeAll } from 'vitest'
import { closeDb } from '#lib/server/db.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/**
 * For a test file: a cloned database before its tests, dropped after them. The environment names it before any
 * code under test reads the environment, so call this at the top of the file.
 */
export function useTestDatabase(): { url: () => string } {
  let database: TestDatabase | undefined
  beforeAll(async () => {
    database = await createTestDatabase()
    process.env.DATABASE_URL = database.url
  })
  afterAll(async () => {
    await closeDb()
    await database?.drop()
  })
  return {
    url: () => {
      if (!database) throw new Error('the database exists only inside tests')
      return database.url
    },
  }
}
