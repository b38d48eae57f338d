import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { tickItem } from '#lib/runs/commands/items.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { getItemHistory } from '#lib/runs/read/item-history.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { openProbedRun, probed, rowsOf, settled, signAsDeveloper, staleReason } from './probed-run.ts'

useTestDatabase()

let target: Awaited<ReturnType<typeof startSampleTarget>>
let worker: ReturnType<typeof startProbeWorker>

beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())
afterEach(() => worker.stop())

it('a probe in shadow is seen and shown, and the item is as if it had none', async () => {
  target.broken.clear()
  target.broken.add('db')
  const run = await openProbedRun({
    lines: [probed('Database', '/health/db/', 'status == 200, shadow'), probed('Health', '/health/')],
    target: target.url,
  })
  const [key = ''] = run.keys
  worker = startProbeWorker()
  const viewer = await memberOf(run.ana.principal, run.team.slug)
  const shownItem = async () => (await getBoard(viewer, run.address))?.items.find((item) => item.key === key)

  expect(await shownItem()).toMatchObject({
    probe: null,
    shadow: { kind: 'http', seen: null },
    tickNeedsNote: false,
    can: { probe: true, tick: true },
  })
  await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
  await settled(run)
  expect((await rowsOf(run)).map(({ state }) => state)).toEqual(['open', 'passed'])
  expect(await shownItem()).toMatchObject({
    state: 'open',
    line: null,
    shadow: { seen: { verdict: 'fail', line: expect.stringContaining('status 503') } },
  })
  const history = await getItemHistory(viewer, { runId: run.runId, key })
  expect(history?.rows).toMatchObject([{ kind: 'shadow', observation: { verdict: 'fail' } }])
  expect((await linesOf(run.runId)).map(({ action }) => action)).toContain('run.probe_shadowed')

  // The page that Ana ticks on is from before the look: nothing that she decides by has changed.
  await done(act(tickItem, run.ana.principal, { ...run.address, key, version: 0, note: null }))
  expect(await shownItem()).toMatchObject({ state: 'passed', grade: 'claimed', freshUntil: null })
  await signAsDeveloper(run)
  target.broken.clear()
  await done(act(startProbes, run.ana.principal, { ...run.address, keys: [key] }))
  await settled(run)
  expect(await shownItem()).toMatchObject({
    state: 'passed',
    grade: 'claimed',
    shadow: { seen: { verdict: 'pass' } },
  })
  expect(await staleReason(run)).toBeNull()
})

it('what a probe failed after it had passed is ticked again by two passes', async () => {
  target.broken.clear()
  const run = await openProbedRun({ lines: [probed('Health', '/health/')], target: target.url })
  worker = startProbeWorker()
  const look = async () => {
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
    await settled(run)
    return (await rowsOf(run))[0]?.state
  }
  expect(await look()).toBe('passed')
  target.broken.add('health')
  expect(await look()).toBe('failed')
  target.broken.clear()
  expect(await look()).toBe('failed')
  expect(
    (await getBoard(await memberOf(run.ana.principal, run.team.slug), run.address))?.items[0]?.line?.text,
  ).toContain('regressed: 1 of 2 passes in a row')
  expect(await look()).toBe('passed')
})
