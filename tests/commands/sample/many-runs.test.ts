import { expect, it } from 'vitest'
import { listHistory } from '#lib/runs/read/history.ts'
import { db } from '#lib/server/db.ts'
import { makeScene, memberOf, openScene } from '#tests/commands/runs/fixture.ts'
import { insertManyRuns } from '#tests/support/many-runs.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

it('inserts runs that the history lists, and the next run is numbered after them', async () => {
  const scene = await makeScene()
  await insertManyRuns({ team: scene.team.slug, count: 500 })
  expect(await db().run.count()).toBe(500)
  const actor = await memberOf(scene.ana.principal, scene.team.slug)
  const page = await listHistory(actor, { filters: { state: 'closed' }, limit: 20 })
  expect(page.rows).toHaveLength(20)
  expect(page.rows[0]).toMatchObject({ number: 500, signers: [{ role: 'Developer' }] })
  expect((await openScene(scene)).number).toBe(501)
})
