import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { correctRelease } from '#lib/runs/commands/mid-run.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { claim, listWaiting } from '#lib/runs/worker/attempts.ts'
import { probeForGate } from '#lib/runs/worker/probe-for-gate.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { repeatProbes } from '#lib/runs/worker/repeat-probes.ts'
import { runAttempt } from '#lib/runs/worker/run-attempt.ts'
import { sweepAttempts } from '#lib/runs/worker/sweep-attempts.ts'
import { db } from '#lib/server/db.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { attemptsOf, openProbedRun, type ProbedRun, probed, rowsOf, settled, until } from './probed-run.ts'

useTestDatabase()

let target: Awaited<ReturnType<typeof startSampleTarget>>
let worker: ReturnType<typeof startProbeWorker> | null = null
let run: ProbedRun

beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())
beforeEach(async () => {
  target.broken.clear()
  await db().probeAttempt.updateMany({
    where: { state: { in: ['queued', 'running'] } },
    data: { state: 'cancelled' },
  })
})
afterEach(async () => {
  await worker?.stop()
  worker = null
})

const open = async (...lines: string[]) => {
  run = await openProbedRun({ lines, target: target.url })
}
const start = () => act(startProbes, run.ana.principal, { ...run.address, keys: 'all' })
const correct = (commit: string) =>
  act(correctRelease, run.ana.principal, { ...run.address, version: 'v1.0.1', commit, reason: 'wrong build' })
const kept = () => db().observation.findMany({ where: { runId: run.runId }, orderBy: { at: 'asc' } })

/** As a worker takes it, without one. */
async function take() {
  const [waiting] = await listWaiting(10)
  const [claimed] = await claim(waiting === undefined ? [] : [{ id: waiting.id, target: waiting.id }])
  if (claimed === undefined) throw new Error('nothing was claimed')
  return claimed
}
const handIn = (claimed: Awaited<ReturnType<typeof take>>) =>
  runAttempt({ claimed, signal: new AbortController().signal })

describe('a release that is corrected while a probe asks', () => {
  const of = `/health/?of=$\{RUN_COMMIT}`

  it('takes nothing that was seen of the one before, and has the new one looked at', async () => {
    await open(probed('Health', of))
    await done(start())
    const claimed = await take()
    expect(claimed.commit).toBe('8f3c2d1')
    await done(correct('0badc0de'))
    await handIn(claimed)
    expect(await kept()).toEqual([])
    expect((await rowsOf(run))[0]).toMatchObject({ state: 'open', grade: 'unproven' })
    worker = startProbeWorker()
    await settled(run)
    expect(await kept()).toMatchObject([
      { observation: { request: { url: `${target.url}/health/?of=0badc0de` } } },
    ])
    expect((await rowsOf(run))[0]).toMatchObject({ state: 'passed', grade: 'observed' })
  })

  it('begins a window anew', async () => {
    await open(probed('Stays up', of, 'status == 200, window 2 of 2 every 5m'))
    worker = startProbeWorker()
    await done(start())
    const aside = () => db().probeAttempt.findFirstOrThrow({ where: { runId: run.runId } })
    await until('one look was taken', async () => (await aside()).dueAt !== null)
    await worker.stop()
    worker = null
    await done(correct('0badc0de'))
    expect(await aside()).toMatchObject({ state: 'queued', looks: null, dueAt: null })
  })

  it('closes the socket that asks about the one before', async () => {
    target.broken.add('hang')
    await open(probed('Health', of))
    const { aborted, requests } = target.seen()
    worker = startProbeWorker()
    await done(start())
    await until('the target was asked', () => target.seen().requests === requests + 1)
    await done(correct('0badc0de'))
    await until('it was asked anew', () => target.seen().requests === requests + 2)
    await until('the first was hung up', () => target.seen().aborted === aborted + 1)
  })

  it('leaves alone what is asked when only its author is named', async () => {
    await open(probed('Health', of))
    await done(start())
    const claimed = await take()
    const release = { version: 'v1.0.0', commit: '8f3c2d1', reason: 'their work' }
    await done(
      act(correctRelease, run.ana.principal, {
        ...run.address,
        ...release,
        author: { memberId: run.bo.memberId },
      }),
    )
    await handIn(claimed)
    expect(await kept()).toHaveLength(1)
  })
})

describe('a probe that takes its worker down', () => {
  it('is given up after five workers, and started again by people alone', async () => {
    await open(probed('Health', '/health/'))
    worker = startProbeWorker()
    await done(start())
    await settled(run)
    await worker.stop()
    worker = null
    await done(start())
    for (let gone = 0; gone < 5; gone++) {
      await take()
      await sweepAttempts()
      await db().probeAttempt.updateMany({
        where: { runId: run.runId, state: 'running' },
        data: { leaseUntil: new Date(0) },
      })
    }
    await sweepAttempts()
    expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['done', 'lost'])
    expect((await kept()).map(({ outcome }) => outcome)).toEqual(['pass', 'error'])
    expect((await rowsOf(run))[0]).toMatchObject({ state: 'passed', grade: 'observed' })
    await db().$executeRaw`
      UPDATE run_item SET fold = jsonb_set(fold, '{attempt,at}', '0') WHERE run_id = ${run.runId}::uuid`
    await repeatProbes()
    await probeForGate({ ...run.address, keys: run.keys })
    expect(await attemptsOf(run)).toHaveLength(2)
    await done(start())
    expect(await attemptsOf(run)).toHaveLength(3)
  })
})

describe('a hundred questions at the gate at once', () => {
  it('start one look', async () => {
    await open(probed('Health', '/health/'))
    const ask = () => probeForGate({ ...run.address, keys: run.keys })
    const started = await Promise.all(Array.from({ length: 100 }, ask))
    expect(started.filter((keys) => keys.length > 0)).toHaveLength(1)
    expect(await attemptsOf(run)).toHaveLength(1)
  }, 60_000)
})

describe('two workers', () => {
  it('store one verdict for each of forty probes, though one is killed and leases are stolen', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => probed(`Item ${index}`, '/health/'))
    await open(...lines)
    worker = startProbeWorker()
    const other = startProbeWorker()
    await done(start())
    const steal = () => db().$executeRaw`
      UPDATE probe_attempt SET lease_until = '-infinity' WHERE run_id = ${run.runId}::uuid AND state = 'running'`
    for (let times = 0; times < 10; times++) await steal()
    await other.stop(0)
    await settled(run)
    expect(await kept()).toHaveLength(40)
    expect((await rowsOf(run)).every(({ state, fold }) => state === 'passed' && fold.attempts === 1)).toBe(
      true,
    )
    expect((await attemptsOf(run)).every(({ state }) => state === 'done')).toBe(true)
  }, 60_000)
})
