import { box, expectItem, tick } from '#tests/support/board-page.ts'
import { makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'
import { startServer } from '#tests/support/server.ts'

const ITEM = 'Tests pass'

test('two people at one item: the later one gets the name of the other and what is true', async ({
  enter,
}) => {
  const run = await openRunAt(await makeSceneAt())
  const ana = await enter(run.ana)
  const bo = await enter(run.bo)
  await ana.goto(run.board)
  await bo.goto(run.board)
  await expect(ana.getByText(/^Here now: .*Bo/)).toBeAttached()
  await expect(bo.getByText(/^Here now: .*Ana/)).toBeAttached()

  // In the tunnel Bo ticks what he still sees open; meanwhile Ana has ticked it.
  await bo.context().setOffline(true)
  await box(bo, ITEM).focus()
  await bo.keyboard.press('x')
  await expect(bo.getByText('You are offline')).toBeVisible()
  await tick(ana, ITEM)
  await expectItem(ana, ITEM, 'passed, claimed')
  await expect(ana.getByRole('listitem').filter({ has: box(ana, ITEM) })).toContainText(/Ana \d\d:\d\d/)
  await bo.context().setOffline(false)

  const row = bo.getByRole('listitem').filter({ has: box(bo, ITEM) })
  await expect(row).toContainText(/Ana ticked this at \d\d:\d\d UTC\. That stands; yours was not written\./)
  await expectItem(bo, ITEM, 'passed, claimed')
  await expect(row).toContainText(/Ana \d\d:\d\d/)
})

test('a tick is seen at once, and after a cut connection nothing is missed', async ({ enter }) => {
  const run = await openRunAt(await makeSceneAt())
  const ana = await enter(run.ana)
  const bo = await enter(run.bo)
  await ana.goto(run.board)
  await bo.goto(run.board)
  await expect(ana.getByText(/^Here now: .*Bo/)).toBeAttached()
  await tick(ana, ITEM)
  await expectItem(bo, ITEM, 'passed, claimed')

  await bo.context().setOffline(true)
  await tick(ana, 'Branch is merged')
  await tick(ana, 'Access reviewed')
  await ana.getByRole('button', { name: 'More for Secrets rotated' }).click()
  await ana.getByRole('menuitem', { name: 'Fail…' }).click()
  await ana.getByLabel('What is wrong').fill('Two keys are older than a year.')
  await ana.getByRole('button', { name: 'Mark as failed' }).click()
  await expectItem(ana, 'Secrets rotated', 'failed')
  await bo.context().setOffline(false)
  await expectItem(bo, 'Branch is merged', 'passed, claimed')
  await expectItem(bo, 'Access reviewed', 'passed, claimed')
  await expectItem(bo, 'Secrets rotated', 'failed')
  await expect(bo.getByText(/Two keys are older than a year\./).first()).toBeVisible()
})

test('who is here is right across two instances, and a closed tab is gone', async ({ database, enter }) => {
  const run = await openRunAt(await makeSceneAt())
  const second = await startServer({ databaseUrl: database.url, worker: false })
  try {
    const ana = await enter(run.ana)
    const bo = await enter(run.bo, { at: second })
    await ana.goto(run.board)
    await bo.goto(run.board)
    await expect(ana.getByText(/^Here now: .*Bo/)).toBeAttached()
    await expect(bo.getByText(/^Here now: .*Ana/)).toBeAttached()
    await tick(bo, ITEM)
    await expectItem(ana, ITEM, 'passed, claimed')
    await bo.close()
    await expect(ana.getByText(/^Here now: /)).not.toContainText('Bo', { timeout: 10_000 })
    await expect(ana.getByText(/^Here now: .*Ana/)).toBeAttached()
  } finally {
    await second.stop()
  }
})
