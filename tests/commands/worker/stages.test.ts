import { beforeEach, describe, expect, it } from 'vitest'
import { cancelProbes } from '#lib/runs/commands/cancel-probes.ts'
import { tickItem } from '#lib/runs/commands/items.ts'
import { markDeployed, rollBack, startDeployment, undoDeployed } from '#lib/runs/commands/steps.ts'
import { startAtOpening } from '#lib/runs/worker/start-at-opening.ts'
import { db } from '#lib/server/db.ts'
import { drainOutbox, type OutboxEvent } from '#lib/server/outbox.ts'
import { at, makeScene, type OpenedScene, openScene } from '#tests/commands/runs/fixture.ts'
import { givePassword, signAt } from '#tests/commands/runs/signing.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

const SOURCE = `# Staged

## Pre-Deployment
- [ ] Tests pass

## Post-Deployment
- [ ] Application loads <!-- probe: http \${BASE_URL}/ expect status == 200 -->
- [ ] Error rate is low <!-- probe: http \${BASE_URL}/rate expect status == 200 -->

## Rollback

### Post-Rollback
- [ ] The old release answers <!-- probe: http \${BASE_URL}/old expect status == 200 -->

## Sign-Off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| Developer | | | |
`

let scene: OpenedScene
let delivered: OutboxEvent[]

/** As the worker does it; no worker looks. */
const deliver = async () => {
  while (
    (await drainOutbox(async (events) => {
      delivered.push(...events)
      await startAtOpening(events)
    })) > 0
  );
}
const step = (command: typeof markDeployed) => done(act(command, scene.ana.principal, scene.address))
const texts = async () => {
  const rows = await db().$queryRaw<{ text: string }[]>`
    SELECT i.text FROM probe_attempt a JOIN run_item i ON i.id = a.item_id
    WHERE a.run_id = ${scene.runId}::uuid AND a.state = 'queued' ORDER BY i.ordinal`
  return rows.map(({ text }) => text)
}
const started = async () =>
  (await linesOf(scene.runId)).filter(({ action }) => action === 'run.probes_started')

beforeEach(async () => {
  delivered = []
  scene = await openScene(await makeScene({ source: SOURCE }))
  await deliver()
  await givePassword([scene.ana])
  await done(act(tickItem, scene.bo.principal, { ...(await at(scene, 'Tests pass')), note: null }))
  await done(signAt(scene, { person: scene.ana, role: 'Developer' }))
  await step(startDeployment)
  await deliver()
})

describe('the probes of a stage', () => {
  it('are started when it opens, once, by Countersign, and no sooner', async () => {
    expect(await texts()).toEqual([])
    delivered = []
    await step(markDeployed)
    await deliver()
    expect(await texts()).toEqual(['Application loads', 'Error rate is low'])
    expect(await started()).toMatchObject([
      { actor: { kind: 'system', name: 'Countersign' }, data: { cause: 'stage' } },
    ])
    // What is delivered twice starts nothing twice, not even after the first looks have ended.
    await done(act(cancelProbes, scene.ana.principal, { ...scene.address, keys: 'all' }))
    expect(delivered.map(({ stream }) => stream)).toContain(scene.runId)
    await startAtOpening(delivered)
    expect(await texts()).toEqual([])
  })

  it('are started again when it opens again', async () => {
    await step(markDeployed)
    await deliver()
    await done(act(cancelProbes, scene.ana.principal, { ...scene.address, keys: 'all' }))
    await done(act(undoDeployed, scene.ana.principal, { ...scene.address, reason: 'Too early.' }))
    await deliver()
    expect(await texts()).toEqual([])
    await step(markDeployed)
    await deliver()
    expect(await texts()).toEqual(['Application loads', 'Error rate is low'])
  })

  it('are those of the rollback alone when a run is rolled back', async () => {
    await done(act(rollBack, scene.ana.principal, { ...scene.address, reason: 'It is slow.' }))
    await deliver()
    expect(await texts()).toEqual(['The old release answers'])
    expect(await started()).toMatchObject([{ data: { cause: 'stage' } }])
  })
})
