import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { cancelProbes } from '#lib/runs/commands/cancel-probes.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { claim, listWaiting, PER_TARGET, release } from '#lib/runs/worker/attempts.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { db } from '#lib/server/db.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { attemptsOf, openProbedRun, type ProbedRun, probed, rowsOf, settled, until } from './probed-run.ts'

useTestDatabase()

let target: Awaited<ReturnType<typeof startSampleTarget>>
let worker: ReturnType<typeof startProbeWorker> | null = null

beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())
beforeEach(async () => {
  target.broken.clear()
  await db().probeAttempt.updateMany({ where: { state: 'queued' }, data: { state: 'cancelled' } })
})
afterEach(async () => {
  await worker?.stop()
  worker = null
})

const open = (lines: string[]) => openProbedRun({ lines, target: target.url })
const many = (count: number, path = '/health/') =>
  Array.from({ length: count }, (_, index) => probed(`Item ${index}`, path))
const start = (run: ProbedRun, keys: string[] | 'all' = 'all') =>
  act(startProbes, run.ana.principal, { ...run.address, keys })

/** The run of each waiting attempt, in the order in which they would be taken. */
async function order(): Promise<string[]> {
  const waiting = await listWaiting(100)
  const rows = await db().probeAttempt.findMany({ where: { id: { in: waiting.map(({ id }) => id) } } })
  const runOf = new Map(rows.map(({ id, runId }) => [id, runId]))
  return waiting.map(({ id }) => runOf.get(id) ?? '')
}

describe('whose turn it is', () => {
  it('is every team’s in turn, whoever asked first and for how many', async () => {
    const big = await open(many(10))
    const small = await open(many(2))
    await done(start(big))
    await done(start(small))
    const names = new Map([
      [big.runId, 'big'],
      [small.runId, 'small'],
    ])
    expect((await order()).slice(0, 5).map((runId) => names.get(runId))).toEqual([
      'big',
      'small',
      'big',
      'small',
      'big',
    ])
    // What is running counts: a team that has places waits for one that has none.
    const taken = await claim((await listWaiting(1)).map(({ id }) => ({ id, target: id })))
    expect(taken).toHaveLength(1)
    expect((await order()).slice(0, 2).map((runId) => names.get(runId))).toEqual(['small', 'big'])
    for (const lease of taken) await release(lease)
  })

  it('is a person’s before that of what the worker repeats', async () => {
    const run = await open(many(4))
    await done(start(run))
    const attempts = await db().probeAttempt.findMany({ where: { runId: run.runId }, orderBy: { id: 'asc' } })
    const repeated = attempts.slice(0, 2).map(({ id }) => id)
    await db().probeAttempt.updateMany({ where: { id: { in: repeated } }, data: { requestedBy: null } })
    expect((await listWaiting(4)).map(({ id }) => repeated.includes(id))).toEqual([false, false, true, true])
  })
})

describe('one target', () => {
  it('is asked by so many at once over all workers, while others go on', async () => {
    const run = await open(many(6))
    await done(start(run))
    const waiting = await listWaiting(6)
    const wanted = waiting.map(({ id }, index) => ({
      id,
      target: index < 5 ? 'a.example:80' : 'b.example:80',
    }))
    const taken = (await Promise.all([claim(wanted), claim(wanted), claim(wanted)])).flat()
    const targets = taken.map((one) => one.target).toSorted()
    expect(targets).toEqual([...Array.from({ length: PER_TARGET }, () => 'a.example:80'), 'b.example:80'])
    const [first] = taken.filter((one) => one.target === 'a.example:80')
    if (first) await release(first)
    expect(await claim(wanted)).toHaveLength(1)
    await done(act(cancelProbes, run.ana.principal, { ...run.address, keys: 'all' }))
  })

  it('is not more than that for one worker either', async () => {
    target.broken.add('hang')
    const run = await open(many(6))
    const { requests, aborted } = target.seen()
    worker = startProbeWorker()
    await done(start(run))
    await until('two are asking', () => target.seen().requests === requests + PER_TARGET)
    const running = (await attemptsOf(run)).filter(({ state }) => state === 'running')
    expect(running).toHaveLength(PER_TARGET)
    await done(act(cancelProbes, run.ana.principal, { ...run.address, keys: 'all' }))
    await until('both were closed', () => target.seen().aborted === aborted + PER_TARGET)
    expect(target.seen().requests).toBe(requests + PER_TARGET)
  })
})

describe('a window', () => {
  const WINDOW = 'status == 200, window 2 of 2 every 5m'
  const windowed = () => probed('Stays up', '/health/', WINDOW)
  const asideOf = ({ runId }: ProbedRun) =>
    db().probeAttempt.findMany({ where: { runId, NOT: { dueAt: null } } })

  it('keeps no place between its looks, and every look is in the one observation', async () => {
    const run = await open([...Array.from({ length: 9 }, windowed), probed('Once', '/health/')])
    worker = startProbeWorker()
    await done(start(run))
    const last = run.keys.at(-1) ?? ''
    await until('the tenth was seen', async () =>
      (await rowsOf(run)).some(({ key, state }) => key === last && state === 'passed'),
    )
    await until('nine wait for their second look', async () => (await asideOf(run)).length === 9)
    const aside = await asideOf(run)
    expect(aside.every(({ state, leaseUntil }) => state === 'queued' && leaseUntil === null)).toBe(true)
    expect(await listWaiting(10)).toEqual([])
    expect(await db().observation.count({ where: { runId: run.runId } })).toBe(1)
    // As if the five minutes had passed.
    await db().probeAttempt.updateMany({
      where: { runId: run.runId, state: 'queued' },
      data: { dueAt: new Date(0) },
    })
    await settled(run)
    const rows = await rowsOf(run)
    expect(rows.every(({ state }) => state === 'passed')).toBe(true)
    expect(rows[0]?.fold.seen?.line).toMatch(/^2 of 2 looks passed/)
    expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(
      Array.from({ length: 10 }, () => 'done'),
    )
    const kept = await db().probeAttempt.findMany({ where: { runId: run.runId } })
    expect(kept.every(({ looks }) => looks === null)).toBe(true)
  })

  it('goes on where a worker that was lost left it', async () => {
    const run = await open([windowed()])
    worker = startProbeWorker()
    await done(start(run))
    await until('one look was taken', async () => (await asideOf(run)).length === 1)
    await worker.stop()
    // A worker took the second look and was killed in it.
    await db().probeAttempt.updateMany({
      where: { runId: run.runId },
      data: { state: 'running', dueAt: null, leaseUntil: new Date(0), fence: 7 },
    })
    const { requests } = target.seen()
    worker = startProbeWorker()
    await settled(run)
    expect(target.seen().requests).toBe(requests + 1)
    expect(await attemptsOf(run)).toMatchObject([{ state: 'done', fence: 8 }])
    expect((await rowsOf(run))[0]?.fold).toMatchObject({ attempts: 1, seen: { verdict: 'pass' } })
  })

  it('is cancelled between two looks as well', async () => {
    const run = await open([windowed()])
    worker = startProbeWorker()
    await done(start(run))
    await until('one look was taken', async () => (await asideOf(run)).length === 1)
    expect(await done(act(cancelProbes, run.ana.principal, { ...run.address, keys: 'all' }))).toEqual({
      keys: run.keys,
    })
    expect(await attemptsOf(run)).toMatchObject([{ state: 'cancelled' }])
    expect(await db().observation.count({ where: { runId: run.runId } })).toBe(0)
  })
})
