import { test as base } from '@playwright/test'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { patient } from './listening.ts'
import { startServer, type TestServer } from './server.ts'

type Worker = { database: TestDatabase; app: TestServer }

/**
 * Playwright's test with a server of the worker's own: `app` (url, stop, kill), `database` (a fresh clone, empty
 * until somebody uses /setup), and `baseURL`, so that page.goto('/setup') reaches it. Pages wait until their script runs.
 */
export const test = base.extend<object, Worker>({
  database: [
    async ({ browserName: _browser }, provide) => {
      const database = await createTestDatabase()
      await provide(database)
      await database.drop()
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ database }, provide) => {
      const app = await startServer({ databaseUrl: database.url })
      await provide(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  browser: [
    async ({ browser }, provide) => {
      const newContext = browser.newContext.bind(browser)
      browser.newContext = async (options) => patient(await newContext(options))
      await provide(browser)
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ app }, provide) => {
    await provide(app.url)
  },
})

export { expect } from '@playwright/test'
