import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET } from '#app/api/v1/gate/route.ts'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { cancelProbes } from '#lib/runs/commands/cancel-probes.ts'
import { markNotApplicable, noteItem } from '#lib/runs/commands/items.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { startDeployment } from '#lib/runs/commands/steps.ts'
import { probingAgain } from '#lib/runs/worker/probe-for-gate.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { repeatProbes } from '#lib/runs/worker/repeat-probes.ts'
import { db } from '#lib/server/db.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import {
  attemptsOf,
  openProbedRun,
  type ProbedRun,
  probed,
  rowsOf,
  settled,
  signAsDeveloper,
} from './probed-run.ts'

useTestDatabase()

let target: Awaited<ReturnType<typeof startSampleTarget>>
let worker: ReturnType<typeof startProbeWorker>
let run: ProbedRun

beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())
beforeEach(async () => {
  target.broken.clear()
  worker = startProbeWorker()
  run = await openProbedRun({
    lines: [probed('Health', '/health/'), '- [ ] Somebody looked'],
    target: target.url,
  })
  await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
  await settled(run)
})
afterEach(() => worker.stop())

const actions = async () => (await linesOf(run.runId)).map(({ action }) => action)

/** As if so many minutes had passed since the last look. */
async function age(minutes: number): Promise<void> {
  await db().$executeRaw`
    UPDATE run_item SET fold = jsonb_set(jsonb_set(fold, '{attempt,at}', to_jsonb((fold #>> '{attempt,at}')::bigint - ${minutes * 60_000}::bigint)),
      '{seen,at}', to_jsonb((fold #>> '{seen,at}')::bigint - ${minutes * 60_000}::bigint))
    WHERE run_id = ${run.runId}::uuid AND fold -> 'attempt' <> 'null'`
}

/** As if nobody had done anything for so many hours. */
async function leaveAlone(hours: number): Promise<void> {
  const at = new Date(Date.now() - hours * 3_600_000)
  await db().run.update({ where: { id: run.runId }, data: { openedAt: at } })
  await db().probeAttempt.updateMany({ where: { runId: run.runId }, data: { requestedAt: at } })
}

describe('on a schedule', () => {
  it('looks again before what was seen is too old, in the log and not among the news', async () => {
    await age(10)
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(1)
    await age(2.5)
    await repeatProbes()
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(2)
    await settled(run)
    expect(await actions()).toEqual([
      'run.opened',
      'run.probes_started',
      'run.probe_observed',
      'run.probes_repeated',
      'run.probe_confirmed',
    ])
    const [item] = await rowsOf(run)
    expect(Date.now() - (item?.fold.seen?.at ?? 0)).toBeLessThan(60_000)
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(2)
  })

  it('starts what was not started when the run was opened, once, and not what somebody called off', async () => {
    await worker.stop()
    run = await openProbedRun({
      lines: [probed('Health', '/health/'), probed('Home', '/'), probed('Ready', '/ready')],
      target: target.url,
    })
    const [health = '', home = '', ready = ''] = run.keys
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: [home] }))
    await done(act(cancelProbes, run.ana.principal, { ...run.address, keys: [home] }))
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(1)
    await db().run.update({ where: { id: run.runId }, data: { openedAt: new Date(Date.now() - 60_000) } })
    await repeatProbes()
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(3)
    const last = (await linesOf(run.runId)).at(-1)
    expect(last).toMatchObject({
      action: 'run.probes_started',
      data: { keys: [health, ready], cause: 'opening' },
    })
    worker = startProbeWorker()
  })

  it('takes the second pass after a regression by itself', async () => {
    target.broken.add('health')
    await age(20)
    await repeatProbes()
    await settled(run)
    expect((await rowsOf(run))[0]?.state).toBe('failed')
    target.broken.clear()
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'failing' }))
    await settled(run)
    expect((await rowsOf(run))[0]?.fold.regressed).toEqual({ passes: 1 })
    await age(0.2)
    await repeatProbes()
    await settled(run)
    expect((await rowsOf(run))[0]).toMatchObject({ state: 'passed', fold: { regressed: null } })
    expect((await actions()).at(-1)).toBe('run.probe_observed')
  })

  it('leaves a run alone that nobody has touched for a day, until somebody does', async () => {
    await age(60)
    await leaveAlone(25)
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(1)
    const [, key = ''] = run.keys
    await done(act(noteItem, run.ana.principal, { ...run.address, key, version: 0, note: 'on Monday' }))
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(2)
  })

  it('goes on while somebody looks at the run', async () => {
    await age(60)
    await leaveAlone(25)
    await db().presence.create({
      data: {
        id: crypto.randomUUID(),
        runId: run.runId,
        memberId: run.bo.memberId,
        name: 'Bo',
        seenAt: new Date(),
      },
    })
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(2)
  })

  it('looks at nothing that is n/a, closed or a sample’s', async () => {
    await age(60)
    await db().team.update({ where: { id: run.team.teamId }, data: { sample: true } })
    await repeatProbes()
    await db().team.update({ where: { id: run.team.teamId }, data: { sample: false } })
    await db().run.update({ where: { id: run.runId }, data: { state: 'verifying' } })
    await repeatProbes()
    await db().run.update({ where: { id: run.runId }, data: { state: 'preparing' } })
    const [key = ''] = run.keys
    const version = (await rowsOf(run))[0]?.version ?? 0
    await done(
      act(markNotApplicable, run.ana.principal, { ...run.address, key, version, reason: 'not here' }),
    )
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(1)
  })

  it('looks again at the rollback’s items while it goes on, and at nothing else then', async () => {
    const rollback = `## Rollback\n\n${probed('Database is back', '/health/db/', 'status == 200, every 2m')}`
    run = await openProbedRun({ lines: [probed('Health', '/health/'), '', rollback], target: target.url })
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
    await settled(run)
    const rollbackAt = new Date(Date.now() - 60_000)
    await db().run.update({ where: { id: run.runId }, data: { state: 'rolling_back', rollbackAt } })
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: [run.keys[1] ?? ''] }))
    await settled(run)
    expect(await attemptsOf(run)).toHaveLength(2)
    await age(20)
    await repeatProbes()
    await settled(run)
    const again = await attemptsOf(run)
    expect(again).toHaveLength(3)
    const [health, database] = await rowsOf(run)
    expect(Date.now() - (database?.fold.attempt?.at ?? 0)).toBeLessThan(60_000)
    expect(Date.now() - (health?.fold.attempt?.at ?? 0)).toBeGreaterThan(60_000)
  })

  it('looks as often as the probe says', async () => {
    run = await openProbedRun({
      lines: [probed('Health', '/health/', 'status == 200, every 2m, shelf 1d')],
      target: target.url,
    })
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
    await settled(run)
    await age(2.1)
    await repeatProbes()
    expect(await attemptsOf(run)).toHaveLength(2)
  })
})

describe('at the gate', () => {
  async function ask(more = ''): Promise<{ status: number; retryAfter: string | null; body: string }> {
    const { team, address } = run
    const environment = await db().environment.findFirstOrThrow({ where: { teamId: team.teamId } })
    const input = {
      team: team.slug,
      service: address.service,
      environment: environment.slug,
      name: `CI ${crypto.randomUUID()}`,
      days: 30 as const,
    }
    const { token } = await done(act(makeGateToken, team.owner.principal, input))
    const request = new Request(
      `http://localhost/api/v1/gate?service=${address.service}&environment=${environment.slug}${more}`,
      { headers: { authorization: `Bearer ${token}` } },
    )
    const answer = await GET(request, { params: Promise.resolve({}) })
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.text() }
  }

  beforeEach(async () => {
    run = await openProbedRun({ lines: [probed('Health', '/health/')], target: target.url })
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
    await settled(run)
    await signAsDeveloper(run)
  })

  it('says GO while what was seen is fresh, and starts nothing', async () => {
    expect(await ask()).toMatchObject({ status: 200, retryAfter: null })
    expect(await attemptsOf(run)).toHaveLength(1)
  })

  it('says NO-GO with old evidence, has it probed again, and GO once it has passed', async () => {
    await worker.stop()
    await age(20)
    const first = await ask()
    expect(first).toMatchObject({ status: 403, retryAfter: '15' })
    expect(first.body).toContain('too old, it is being probed again')
    expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['done', 'queued'])
    // Asked again it starts nothing twice, and nothing is a GO before the probe has passed.
    const second = await ask('&as=json')
    expect(second).toMatchObject({ status: 200, retryAfter: '15' })
    expect(JSON.parse(second.body)).toMatchObject({ go: false, probing: run.keys })
    expect(await attemptsOf(run)).toHaveLength(2)
    worker = startProbeWorker()
    await settled(run)
    expect((await ask()).status).toBe(200)
    expect((await linesOf(run.runId)).find(({ data }) => data.cause === 'gate')).toMatchObject({
      action: 'run.probes_started',
      actor: { kind: 'system' },
    })
  })

  it('stays NO-GO when the probe fails', async () => {
    await age(20)
    target.broken.add('health')
    expect((await ask()).status).toBe(403)
    await settled(run)
    const after = await ask()
    expect(after).toMatchObject({ status: 403, retryAfter: null })
    expect(after.body).toContain('failed')
  })

  it('refuses to start the deployment as well, and has it probed again', async () => {
    await worker.stop()
    await age(20)
    const refused = await probingAgain(
      await act(startDeployment, run.ana.principal, run.address),
      run.address,
    )
    expect(refused).toMatchObject({
      ok: false,
      refusal: {
        code: 'no_go',
        message: expect.stringMatching(/1 probe looks again now.*Try again in a moment\.$/),
      },
    })
    expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['done', 'queued'])
    worker = startProbeWorker()
    await settled(run)
    await done(act(startDeployment, run.ana.principal, run.address))
  })
})

it('what is started by the worker is cancelled as any other', async () => {
  await worker.stop()
  await age(20)
  await repeatProbes()
  await done(act(cancelProbes, run.ana.principal, { ...run.address, keys: 'all' }))
  expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['done', 'cancelled'])
})
