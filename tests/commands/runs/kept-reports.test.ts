import { describe, expect, it } from 'vitest'
import { correctRelease } from '#lib/runs/commands/mid-run.ts'
import { takeUpReports } from '#lib/runs/commands/take-up-reports.ts'
import { KEPT } from '#lib/runs/decide-keep.ts'
import { COUNTERSIGN } from '#lib/runs/worker/run-attempt.ts'
import { takeUpMissed } from '#lib/runs/worker/take-up-missed.ts'
import { startWorker } from '#lib/runs/worker/worker.ts'
import { db } from '#lib/server/db.ts'
import { keepHouse } from '#lib/server/housekeeping.ts'
import { newId } from '#lib/server/ids.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { until } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { itemOf, makeScene, type OpenedScene, openScene, type Scene } from './fixture.ts'
import { CHECKLIST, FULL, junit, push, tokenOf } from './pushing.ts'

useTestDatabase()

const OTHER = 'f'.repeat(40)
const DAY_MS = 86_400_000

const made = (): Promise<Scene> => makeScene({ source: CHECKLIST })
const keptOf = ({ team }: Scene) =>
  db().keptReport.findMany({ where: { teamId: team.teamId }, orderBy: { at: 'asc' } })
const reportsOf = ({ runId }: OpenedScene) =>
  db().runReport.findMany({ where: { runId }, orderBy: { at: 'asc' } })
const takeUp = ({ team, runId }: OpenedScene) =>
  done(act(takeUpReports, COUNTERSIGN, { team: team.slug, runId }))

/** As if what waits had been pushed so many days ago: a record that waits is never changed, so it is written anew. */
async function aged(scene: Scene, days: number): Promise<void> {
  for (const { id, ...row } of await keptOf(scene)) {
    await db().keptReport.delete({ where: { id } })
    const at = new Date(Date.now() - days * DAY_MS)
    await db().keptReport.create({ data: { ...row, facts: row.facts ?? {}, id: newId(), at } })
  }
}

describe('a report of a commit that no run is open of', () => {
  it('is kept, is a line of the team’s log, and says so with its end', async () => {
    const scene = await made()
    const { token, tokenId } = await tokenOf(scene)
    const { status, body } = await push(token, { query: { name: 'unit' } })
    expect({ status, body }).toMatchObject({ status: 202, body: { kept: true, created: true, run: null } })
    expect(body.message).toContain('no run of it is open for web in production. It is kept for 7 days')
    const [kept, ...more] = await keptOf(scene)
    expect(more).toEqual([])
    expect(kept).toMatchObject({ name: 'unit', meaning: 'tests', commit: FULL, tokenId })
    expect(Date.parse(body.until ?? '')).toBe((kept?.at.getTime() ?? 0) + KEPT.days * DAY_MS)
    expect((await linesOf(scene.team.streamId)).at(-1)).toMatchObject({
      action: 'service.report_kept',
      actor: { kind: 'token', tokenId },
      data: { service: 'web', slug: 'production', name: 'unit', commit: FULL, sha256: kept?.sha256 },
    })
    const again = await push(token, { query: { name: 'unit' } })
    expect(again).toMatchObject({ status: 200, body: { created: false, until: body.until } })
    expect(await keptOf(scene)).toHaveLength(1)
  })

  it('says which one that waits it replaces', async () => {
    const { token } = await tokenOf(await made())
    await push(token, { body: junit({ failed: 1 }) })
    expect((await push(token)).body.replaces).toMatch(/UTC: 1 of 2 failed$/)
    expect((await push(token, { query: { commit: OTHER } })).body.replaces).toBeNull()
  })

  it('is taken up later, once, where nobody was there to do it when the run was opened', async () => {
    const scene = await made()
    const { token } = await tokenOf(scene)
    await push(token)
    const run = await openScene(scene)
    await takeUpMissed()
    expect(await reportsOf(run)).toEqual([])
    const opened = new Date(Date.now() - 60_000)
    await db().run.update({ where: { id: run.runId }, data: { openedAt: opened } })
    await takeUpMissed()
    await takeUpMissed()
    expect(await reportsOf(run)).toHaveLength(1)
    const lines = (await linesOf(run.runId)).map(({ action }) => action)
    expect(lines.filter((action) => action === 'run.report_taken_up')).toHaveLength(1)
    expect(lines).toContain('run.probes_started')
  })

  it('passes the item of a run that is opened later, with its own time, and is the run’s own from then on', async () => {
    const scene = await made()
    const { token } = await tokenOf(scene)
    await push(token, { body: junit({ failed: 1 }) })
    await push(token)
    await push(token, { query: { commit: OTHER }, body: junit({ failed: 1, seed: 'other' }) })
    await aged(scene, 1)
    const worker = startWorker()
    try {
      const run = await openScene(scene)
      await until(
        'the item to pass',
        async () => (await itemOf(run, run.ana, 'All tests')).state === 'passed',
      )
      const reports = await reportsOf(run)
      expect(reports.map(({ commit }) => commit)).toEqual([FULL])
      const at = reports[0]?.at ?? new Date()
      expect(Date.now() - at.getTime()).toBeGreaterThan(DAY_MS - 60_000)
      const lines = (await linesOf(run.runId)).filter(({ action }) => action === 'run.report_taken_up')
      expect(lines).toMatchObject([
        { actor: { kind: 'system' }, data: { commit: FULL, pushedAt: at.getTime() } },
      ])
    } finally {
      await worker.stop()
    }
  })

  it('is as old as its push: the pass ends with the shelf life from then', async () => {
    const scene = await made()
    await push((await tokenOf(scene)).token)
    await aged(scene, 6)
    const worker = startWorker()
    try {
      const run = await openScene(scene)
      await until(
        'the item to pass',
        async () => (await itemOf(run, run.ana, 'All tests')).state === 'passed',
      )
      const { freshUntil } = await itemOf(run, run.ana, 'All tests')
      const [report] = await reportsOf(run)
      expect(freshUntil).toBe((report?.at.getTime() ?? 0) + 30 * DAY_MS)
    } finally {
      await worker.stop()
    }
  })

  it('never becomes evidence of the run that is open, and both commits are named', async () => {
    const run = await openScene(await made())
    const { status, body } = await push((await tokenOf(run)).token, { query: { commit: OTHER } })
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { kept: true, run: run.number, runCommit: '8f3c2d1' },
    })
    expect(body.message).toContain(OTHER)
    expect(body.message).toContain('8f3c2d1')
    await takeUp(run)
    expect(await reportsOf(run)).toEqual([])
    expect(await db().probeAttempt.count({ where: { runId: run.runId } })).toBe(0)
  })

  it('is taken up when the commit of the run is corrected to it, and once however often it is told', async () => {
    const run = await openScene(await made())
    await push((await tokenOf(run)).token, { query: { commit: OTHER } })
    const release = {
      version: 'v1.0.1',
      commit: OTHER.slice(0, 9),
      artifactDigest: null,
      reason: 'wrong commit',
    }
    const address = { team: run.team.slug, service: run.service, number: run.number }
    await done(act(correctRelease, run.ana.principal, { ...address, ...release }))
    const worker = startWorker()
    try {
      await until('the report to be taken up', async () => (await reportsOf(run)).length === 1)
      await until(
        'the item to pass',
        async () => (await itemOf(run, run.ana, 'All tests')).state === 'passed',
      )
    } finally {
      await worker.stop()
    }
    expect(await takeUp(run)).toEqual({ reports: 0, keys: [] })
    expect(await reportsOf(run)).toHaveLength(1)
  })

  it('waits in its own environment and team alone', async () => {
    const scene = await made()
    const foreign = await openScene(await made())
    await push((await tokenOf(scene)).token, { query: { environment: 'staging' } })
    const run = await openScene(scene)
    expect(await takeUp(run)).toMatchObject({ reports: 0 })
    expect(await takeUp(foreign)).toMatchObject({ reports: 0 })
    const staging = await openScene(scene, { environment: 'staging' })
    expect(await takeUp(staging)).toMatchObject({ reports: 1 })
  })

  it('is cleared after its days with its file, which a run that took it up still holds', async () => {
    const scene = await made()
    const { token } = await tokenOf(scene)
    await push(token)
    await push(token, { query: { commit: OTHER }, body: junit({ seed: 'other' }) })
    const run = await openScene(scene)
    await takeUp(run)
    await aged(scene, KEPT.days + 1)
    const files = () => db().storedFile.count({ where: { teamId: scene.team.teamId } })
    await db().storedFile.updateMany({
      where: { teamId: scene.team.teamId },
      data: { keptAt: new Date(Date.now() - 8 * DAY_MS) },
    })
    expect(await files()).toBe(2)
    await keepHouse()
    expect(await keptOf(scene)).toEqual([])
    expect(await files()).toBe(1)
  })

  it('is not taken up after its days, also before it is cleared', async () => {
    const scene = await made()
    await push((await tokenOf(scene)).token)
    await aged(scene, KEPT.days + 1)
    expect(await takeUp(await openScene(scene))).toMatchObject({ reports: 0 })
  })

  it('makes the oldest way above the limits of an environment', async () => {
    const scene = await made()
    const { token } = await tokenOf(scene)
    await push(token)
    const [first] = await keptOf(scene)
    if (!first) throw new Error('nothing was kept')
    const row = (n: number) => ({
      ...first,
      facts: first.facts ?? {},
      id: newId(),
      name: `n${n}`,
      at: new Date(first.at.getTime() - n),
    })
    await db().keptReport.createMany({ data: Array.from({ length: KEPT.reports - 1 }, (_, n) => row(n + 1)) })
    await push(token, { body: junit({ seed: 'one more' }) })
    const kept = await keptOf(scene)
    expect(kept).toHaveLength(KEPT.reports)
    expect(kept.some(({ name }) => name === `n${KEPT.reports - 1}`)).toBe(false)
    await db().keptReport.create({ data: { ...row(1), name: 'large', bytes: KEPT.bytes } })
    await push(token, { body: junit({ seed: 'the last' }) })
    expect((await keptOf(scene)).map(({ name }) => name)).toEqual([null, null, null])
  })

  it('is refused when it cannot be read: nothing waits that no run could use', async () => {
    const scene = await made()
    const answer = await push((await tokenOf(scene)).token, { body: '<testsuites><testsuite' })
    expect(answer).toMatchObject({ status: 422, body: { code: 'unreadable_report' } })
    expect(await keptOf(scene)).toEqual([])
  })
})
