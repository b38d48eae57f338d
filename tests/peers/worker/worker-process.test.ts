import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { recordObservation } from '#lib/runs/commands/record-observation.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { LEASE_SECONDS } from '#lib/runs/worker/attempts.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { sweepAttempts } from '#lib/runs/worker/sweep-attempts.ts'
import { db } from '#lib/server/db.ts'
import { keepHouse } from '#lib/server/housekeeping.ts'
import { act, codeOf, done, linesOf, SYSTEM } from '#tests/commands/teams/people.ts'
import {
  attemptsOf,
  openProbedRun,
  type ProbedRun,
  probed,
  rowsOf,
  settled,
  until,
} from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { startWorkerProcess } from './worker-process.ts'

const database = useTestDatabase()

let target: Awaited<ReturnType<typeof startSampleTarget>>
let run: ProbedRun

beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())
beforeEach(async () => {
  target.broken.clear()
  await endRuns()
  // The run is opened with no worker about, and its opening is taken out of the outbox: probes start when a test says so.
  run = await openProbedRun({ lines: [probed('Health', '/health/')], target: target.url })
  await db().outbox.deleteMany({})
})

/** A worker starts by itself what was missed in a live run, and these tests count. */
async function endRuns(): Promise<void> {
  await db().run.updateMany({ data: { state: 'aborted' } })
}

const worker = () => startWorkerProcess(database.url())
const start = () => act(startProbes, run.ana.principal, { ...run.address, keys: 'all' })
const observations = () => db().observation.findMany({ where: { runId: run.runId } })
const observed = async () =>
  (await linesOf(run.runId)).filter(({ action }) => action === 'run.probe_observed')
const asked = (count: number) =>
  until(`the target was asked ${count} times`, () => target.seen().requests === count)

/** As if the lease's time had passed: the tests do not wait for it. */
async function endLease(): Promise<void> {
  await db().$executeRaw`
    UPDATE probe_attempt SET lease_until = clock_timestamp() - interval '1 second' WHERE run_id = ${run.runId}::uuid`
}

describe('a killed worker', () => {
  it('leaves its attempt to another, and exactly one verdict comes out', async () => {
    target.broken.add('hang')
    const { requests } = target.seen()
    const first = await worker()
    await done(start())
    await asked(requests + 1)
    await first.end('SIGKILL')
    const [attempt] = await attemptsOf(run)
    expect(attempt).toMatchObject({ state: 'running', fence: 1 })

    target.broken.clear()
    await endLease()
    await worker()
    await settled(run)
    expect(await attemptsOf(run)).toMatchObject([{ state: 'done', fence: 2 }])
    const [seen, ...more] = await observations()
    expect(more).toEqual([])
    expect(await observed()).toHaveLength(1)
    expect(await rowsOf(run)).toMatchObject([{ state: 'passed', grade: 'observed', version: 1 }])

    // The killed worker's result, had it only been slow: its fence is an old one.
    const late = {
      team: run.team.slug,
      attemptId: attempt?.id ?? '',
      fence: 1,
      observation: seen?.observation as never,
    }
    expect(await codeOf(act(recordObservation, SYSTEM, late))).toBe('attempt_over')
    expect(await codeOf(act(recordObservation, SYSTEM, { ...late, fence: 2 }))).toBe('attempt_over')
    expect(await codeOf(act(recordObservation, run.ana.principal, late))).toBe('not_found')
    expect(await observations()).toHaveLength(1)
  })

  it('is replaced within 90 seconds by one that is up already, and one verdict is stored', async () => {
    target.broken.add('hang')
    const { requests } = target.seen()
    const first = await worker()
    await done(start())
    await asked(requests + 1)
    await worker()
    await first.end('SIGKILL')
    // Nobody holds it from then on, and the other looks every second: 90 s are kept by far, by the database's own clock.
    const [lease] = await db().$queryRaw<{ seconds: number }[]>`
      SELECT coalesce(extract(epoch FROM lease_until - clock_timestamp()), 0)::float8 AS seconds FROM probe_attempt WHERE run_id = ${run.runId}::uuid`
    expect(lease?.seconds).toBeLessThanOrEqual(LEASE_SECONDS)
    expect(LEASE_SECONDS).toBeLessThan(60)
    target.broken.clear()
    await endLease()
    await settled(run)
    expect(await attemptsOf(run)).toMatchObject([{ state: 'done', fence: 2 }])
    expect(target.seen().requests).toBe(requests + 2)
    expect(await observations()).toHaveLength(1)
    expect(await observed()).toHaveLength(1)
    expect(await rowsOf(run)).toMatchObject([{ state: 'passed', version: 1 }])
  })

  it('in the middle of a window leaves its looks to another, which takes the missing one', async () => {
    run = await openProbedRun({
      lines: [probed('Stays up', '/health/', 'status == 200, window 2 of 2 every 1s')],
      target: target.url,
    })
    await db().outbox.deleteMany({})
    const { requests } = target.seen()
    const first = await worker()
    await done(start())
    await asked(requests + 1)
    target.broken.add('hang')
    await asked(requests + 2)
    await first.end('SIGKILL')
    target.broken.clear()
    await endLease()
    await worker()
    await settled(run)
    expect(target.seen().requests).toBe(requests + 3)
    const [seen, ...more] = await observations()
    expect(more).toEqual([])
    expect(seen).toMatchObject({ outcome: 'pass', line: expect.stringMatching(/^2 of 2 looks passed/) })
  })

  it('is given up after five leases, when the attempt takes every worker down with it', async () => {
    target.broken.add('hang')
    await done(start())
    await db().$executeRaw`
      UPDATE probe_attempt SET state = 'running', fence = 5, strikes = 4, lease_until = clock_timestamp() - interval '1 second'
      WHERE run_id = ${run.runId}::uuid`
    const { requests } = target.seen()
    const looking = startProbeWorker()
    await sweepAttempts()
    await looking.stop()
    // The sweep holds it while it writes down that it is given up, so whoever held it before brings nothing any more.
    expect(await attemptsOf(run)).toMatchObject([{ state: 'lost', fence: 6 }])
    expect(target.seen().requests).toBe(requests)
    expect(await observations()).toMatchObject([
      { outcome: 'error', verdict: 'inconclusive', line: expect.stringContaining('given up') },
    ])
    expect(await observed()).toHaveLength(1)
  })
})

describe('a worker that is told to end', () => {
  it('gives a running attempt back, and another one runs it', async () => {
    target.broken.add('hang')
    const { requests, aborted } = target.seen()
    const first = await worker()
    await done(start())
    await asked(requests + 1)
    expect(await first.end('SIGTERM')).toBe(0)
    expect(await attemptsOf(run)).toMatchObject([{ state: 'queued', fence: 1 }])
    await until('the target saw the socket close', () => target.seen().aborted === aborted + 1)
    expect(await observations()).toEqual([])
    target.broken.clear()
    await worker()
    await settled(run)
    expect(await observations()).toHaveLength(1)
  })
})

it('two workers share the work and run no attempt twice', async () => {
  await endRuns()
  const lines = Array.from({ length: 40 }, (_, index) => probed(`Item ${index}`, '/health/'))
  run = await openProbedRun({ lines, target: target.url })
  await db().outbox.deleteMany({})
  const { requests } = target.seen()
  await Promise.all([worker(), worker()])
  await done(start())
  await settled(run)
  expect(target.seen().requests).toBe(requests + 40)
  expect((await attemptsOf(run)).every(({ state, fence }) => state === 'done' && fence === 1)).toBe(true)
  expect(await observations()).toHaveLength(40)
  expect(await observed()).toHaveLength(40)
})

describe('the outbox', () => {
  it('starts the probes of a run that was opened, once', async () => {
    await worker()
    run = await openProbedRun({
      lines: [probed('Health', '/health/'), probed('Metrics', '/metrics'), '- [ ] Somebody looked'],
      target: target.url,
    })
    await until('both probes were seen', async () => (await observations()).length === 2)
    const lines = await linesOf(run.runId)
    expect(lines.map(({ action }) => action).slice(0, 2)).toEqual(['run.opened', 'run.probes_started'])
    expect(lines[1]).toMatchObject({
      actor: { kind: 'system', name: 'Countersign' },
      data: { keys: run.keys.slice(0, 2) },
    })
    await until('the outbox is empty', async () => (await db().outbox.count()) === 0)
    expect(await observed()).toHaveLength(2)
  })

  it('becomes one line an event, in the order of each stream, with the exact text that was hashed', async () => {
    const one = await worker()
    const other = await worker()
    const others = await Promise.all(
      Array.from({ length: 3 }, () =>
        openProbedRun({ lines: [probed('Health', '/health/')], target: target.url }),
      ),
    )
    const runIds = others.map(({ runId }) => runId)
    await until(
      'the probes of all three were seen',
      async () => (await db().observation.count({ where: { runId: { in: runIds } } })) === 3,
    )
    await until('the outbox is empty', async () => (await db().outbox.count()) === 0)
    // Let the processes' last writes arrive.
    await Promise.all([one.end('SIGTERM'), other.end('SIGTERM')])
    const handed = [...one.lines(), ...other.lines()].filter(({ channel }) => channel === 'audit')
    for (const runId of runIds) {
      const events = await db().auditEvent.findMany({ where: { stream: runId }, orderBy: { seq: 'asc' } })
      const mine = handed.filter(({ stream }) => stream === runId)
      expect(mine.map(({ envelope }) => envelope).toSorted()).toEqual(
        events.map(({ canonical }) => canonical).toSorted(),
      )
      expect(mine.map(({ hash }) => hash).toSorted()).toEqual(
        events.map(({ hash }) => Buffer.from(hash).toString('hex')).toSorted(),
      )
      for (const { lines } of [one, other]) {
        const order = lines().flatMap(({ stream, seq }) => (stream === runId ? [Number(seq)] : []))
        expect(order).toEqual(order.toSorted((left, right) => left - right))
      }
    }
  })
})

it('clears what machine tables hold beyond its use', async () => {
  const old = new Date(Date.now() - 40 * 86_400_000)
  const { userId } = run.ana
  await db().idempotency.create({
    data: { principal: 'p', key: 'old', requestHash: 'h', response: {}, at: old },
  })
  await db().idempotency.create({
    data: { principal: 'p', key: 'new', requestHash: 'h', response: {}, at: new Date() },
  })
  await db().rateLimit.create({ data: { key: 'old', count: 1, windowEnd: old } })
  await db().draft.createMany({
    data: [
      { userId, key: 'old', body: '1', updatedAt: old },
      { userId, key: 'new', body: '1', updatedAt: new Date() },
    ],
  })
  await keepHouse()
  expect((await db().draft.findMany()).map((draft) => draft.key)).toEqual(['new'])
  expect(await db().idempotency.count({ where: { principal: 'p' } })).toBe(1)
  expect(await db().rateLimit.count({ where: { key: 'old' } })).toBe(0)
})
