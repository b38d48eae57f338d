import { describe, expect, it } from 'vitest'
import { takeUpReports } from '#lib/runs/commands/take-up-reports.ts'
import { COUNTERSIGN } from '#lib/runs/worker/run-attempt.ts'
import { startWorker } from '#lib/runs/worker/worker.ts'
import { db } from '#lib/server/db.ts'
import { newId } from '#lib/server/ids.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { until } from '#tests/commands/worker/probed-run.ts'
import { lodash, npmAudit, sarif, sqlRule } from '#tests/rules/probes/reports/findings-samples.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { itemOf, makeScene, type OpenedScene, openScene } from './fixture.ts'
import { CHECKLIST, push, tokenOf } from './pushing.ts'

useTestDatabase()

const ITEM = 'Nothing critical'
const BAD = npmAudit({ lodash: { ...lodash, severity: 'critical' } }, { critical: 1 })
const CLEAN = npmAudit({})
const CODEQL = sarif({ rules: [sqlRule] })
const made = () => makeScene({ source: CHECKLIST })
const item = (scene: OpenedScene) => itemOf(scene, scene.ana, ITEM)
const lineOf = async (scene: OpenedScene) => (await item(scene)).line?.text
const stateOf = async (scene: OpenedScene) => (await item(scene)).state

/** How often it was looked at stands behind what was seen. */
const says = (scene: OpenedScene, line: string) =>
  until(`"${line}"`, async () => (await lineOf(scene))?.replace(/ · \d+ looks$/, '') === line)

describe('findings that several tools pushed under one name', () => {
  it('have to hold each: what another tool did not find takes nothing back', async () => {
    const scene = await openScene(await made())
    const { token } = await tokenOf(scene)
    const worker = startWorker()
    try {
      await push(token, { body: BAD })
      await says(scene, '1 critical · wanted 0')
      await push(token, { body: CODEQL })
      await says(scene, '1 critical (npm audit) · wanted 0')
      expect(await stateOf(scene)).toBe('failed')
      // The same tool again, of another version or not, is a look of its own at the same thing.
      await push(token, { body: CLEAN })
      await says(scene, '0 critical (npm audit) · 0 critical (CodeQL)')
      expect(await stateOf(scene)).toBe('passed')
      await push(token, { body: CODEQL.replace('2.20.1', '2.21.0') })
      await says(scene, '0 critical (CodeQL) · 0 critical (npm audit)')
      expect(await db().runReport.count({ where: { runId: scene.runId } })).toBe(4)
    } finally {
      await worker.stop()
    }
  })

  it('are each the newest of their tool, so that the same file again changes nothing', async () => {
    const { token } = await tokenOf(await openScene(await made()))
    const first = await push(token, { body: BAD })
    await push(token, { body: CODEQL })
    expect(await push(token, { body: BAD })).toMatchObject({
      status: 200,
      body: { created: false, reportId: first.body.reportId },
    })
  })

  it('are taken up each by a run that is opened later, the newest of each tool', async () => {
    const scene = await made()
    const { token } = await tokenOf(scene)
    for (const body of [CLEAN, BAD, CODEQL])
      expect(await push(token, { body })).toMatchObject({ status: 202 })
    expect(await push(token, { body: BAD })).toMatchObject({ status: 200 })
    const worker = startWorker()
    try {
      const run = await openScene(scene)
      await says(run, '1 critical (npm audit) · wanted 0')
      expect(await stateOf(run)).toBe('failed')
      const rows = await db().runReport.findMany({ where: { runId: run.runId } })
      expect(rows.map(({ format }) => format).sort()).toEqual(['npm-audit', 'sarif'])
    } finally {
      await worker.stop()
    }
  })

  it('are taken up also where the run has another tool’s already, and together or not where there is no room', async () => {
    const scene = await made()
    const { token } = await tokenOf(scene)
    await push(token, { body: BAD })
    await push(token, { body: CODEQL })
    const [kept] = await db().keptReport.findMany({
      where: { teamId: scene.team.teamId, format: 'npm-audit' },
    })
    if (!kept) throw new Error('nothing was kept')
    const run = await openScene(scene)
    const { environmentId: _, ...record } = {
      ...kept,
      facts: kept.facts ?? {},
      id: newId(),
      runId: run.runId,
    }
    const large = { ...record, name: 'large', sha256: 'a'.repeat(64), bytes: 200_000_000 - kept.bytes }
    await db().runReport.create({ data: large })
    const takeUp = () => done(act(takeUpReports, COUNTERSIGN, { team: run.team.slug, runId: run.runId }))
    expect(await takeUp()).toMatchObject({ reports: 0 })
    const other = await openScene(scene, { environment: 'staging' })
    await push(token, { body: CODEQL, query: { environment: 'staging' } })
    const waiting = { ...kept, facts: kept.facts ?? {}, id: newId() }
    const { environmentId } = await db().run.findUniqueOrThrow({ where: { id: other.runId } })
    await db().keptReport.create({ data: { ...waiting, environmentId } })
    const input = { team: other.team.slug, runId: other.runId }
    expect(await done(act(takeUpReports, COUNTERSIGN, input))).toMatchObject({ reports: 1 })
    expect(await done(act(takeUpReports, COUNTERSIGN, input))).toMatchObject({ reports: 0 })
  })
})
