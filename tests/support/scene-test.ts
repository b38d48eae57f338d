import type { Page } from '@playwright/test'
import { closeDb } from '#lib/server/db.ts'
import { test as base } from './e2e.ts'
import { type Member, signedIn, useDatabase } from './people-at.ts'
import type { TestServer } from './server.ts'

type Look = Parameters<typeof signedIn>[1]['look']
type Own = { enter: (who: Member, options?: { at?: TestServer; look?: Look }) => Promise<Page> }
type Worker = { rooms: undefined }

/**
 * The test with a server, whose scenes are set through the commands: `enter` opens a browser of one's own for somebody,
 * signed in, at the worker's server or at another one. Every browser is closed after the test.
 */
export const test = base.extend<Own, Worker>({
  rooms: [
    async ({ database }, provide) => {
      useDatabase(database.url)
      await provide(undefined)
      await closeDb()
    },
    { scope: 'worker', auto: true },
  ],
  enter: async ({ app, browser }, provide) => {
    const pages: Page[] = []
    await provide(async (who, { at = app, look = {} } = {}) => {
      const page = await signedIn(browser, { app: at, who, look })
      pages.push(page)
      return page
    })
    for (const page of pages) await page.context().close()
  },
})

export { expect } from '@playwright/test'
