import { expect, test } from '#tests/support/e2e.ts'
import { startServer } from '#tests/support/server.ts'

test('health answers without a redirect, with and without the slash', async ({ app }) => {
  for (const path of ['/health', '/health/', '/health/db', '/health/db/']) {
    const answer = await fetch(`${app.url}${path}`, { redirect: 'manual' })
    expect([path, answer.status]).toEqual([path, 200])
    await answer.body?.cancel()
  }
})

test('two replicas serve one database', async ({ app, database }) => {
  const second = await startServer({ databaseUrl: database.url })
  expect(second.port).not.toBe(app.port)
  expect((await fetch(`${second.url}/health/db`)).status).toBe(200)
  await second.stop()
})
