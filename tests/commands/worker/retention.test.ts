import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { getItemHistory } from '#lib/runs/read/item-history.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { sweepEndedAttempts, sweepObservations } from '#lib/runs/worker/sweep-observations.ts'
import { db } from '#lib/server/db.ts'
import { Prisma } from '#prisma/generated/client.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { openProbedRun, type ProbedRun, probed, settled, signAsDeveloper } from './probed-run.ts'

useTestDatabase()

let target: Awaited<ReturnType<typeof startSampleTarget>>
let run: ProbedRun

beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())
beforeEach(async () => {
  run = await openProbedRun({ lines: [probed('Health', '/health/')], target: target.url })
  const worker = startProbeWorker()
  await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
  await settled(run)
  await worker.stop()
})

/** Looks of before the real one, the first the oldest, a minute apart, with their rows of evidence. */
async function addLooks(
  count: number,
  { repeated = true, backwards = false }: { repeated?: boolean; backwards?: boolean } = {},
): Promise<void> {
  await db().$executeRaw`
    WITH real AS (SELECT * FROM observation WHERE run_id = ${run.runId}::uuid ORDER BY at DESC LIMIT 1), made AS (
      INSERT INTO observation (id, team_id, run_id, item_id, attempt_id, config_hash, config, outcome, verdict, line, judgement, observation, at, repeated)
      SELECT gen_random_uuid(), team_id, run_id, item_id, gen_random_uuid(), config_hash, config, outcome, verdict, 'look ' || n, judgement, observation,
        at - make_interval(mins => ${count}::int + 1 - n), ${repeated} FROM real, generate_series(1, ${count}::int) n
      RETURNING id, team_id, run_id, item_id, verdict, line, config_hash, at
    )
    INSERT INTO evidence (id, team_id, run_id, item_id, n, kind, by_name, at, observation_id, verdict, line, config_hash)
    SELECT gen_random_uuid(), team_id, run_id, item_id, -1 - row_number() OVER (ORDER BY extract(epoch FROM at) * ${backwards ? 1 : -1}::int), 'observation', 'Probe', at, id, verdict, line, config_hash FROM made`
}
const lines = async () =>
  (await db().observation.findMany({ where: { runId: run.runId }, orderBy: { at: 'asc' } })).map(
    ({ line }) => line,
  )
const idOf = async (line: string) =>
  (await db().observation.findFirstOrThrow({ where: { runId: run.runId, line } })).id

/** A failure among what was added: written past the append-only trigger, as a test alone may. */
async function insertFailure(minutesAgo: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO observation (id, team_id, run_id, item_id, attempt_id, config_hash, config, outcome, verdict, line, judgement, observation, at, repeated)
    SELECT gen_random_uuid(), team_id, run_id, item_id, gen_random_uuid(), config_hash, config, 'fail', 'fail', 'a failure', judgement, observation,
      at - make_interval(mins => ${minutesAgo}::int), true FROM observation WHERE run_id = ${run.runId}::uuid ORDER BY at DESC LIMIT 1`
}

describe('what is kept of a probe’s looks', () => {
  it('is the last hundred, every failure, and what somebody signed', async () => {
    await addLooks(130)
    await insertFailure(500)
    await signAsDeveloper(run)
    const signed = await idOf('look 3')
    await db()
      .$executeRaw`UPDATE signoff SET superseded_at = clock_timestamp() WHERE run_id = ${run.runId}::uuid`
    await db().signoff.create({
      data: {
        ...(await db().signoff.findFirstOrThrow({ where: { runId: run.runId } })),
        id: crypto.randomUUID(),
        manifest: JSON.stringify({ items: [{ seen: { observation: signed } }] }),
        supersededAt: null,
      },
    })
    expect(await sweepObservations()).toBe(30)
    const kept = await lines()
    expect(kept).toHaveLength(102)
    expect(kept.slice(0, 3)).toEqual(['a failure', 'look 3', 'look 32'])
    expect(await sweepObservations()).toBe(0)
    // Its row of evidence stays, with its verdict and what it said.
    const evidence = await db().evidence.findMany({ where: { runId: run.runId, kind: 'observation' } })
    expect(evidence).toHaveLength(131)
    expect(evidence.find(({ line }) => line === 'look 1')).toMatchObject({ verdict: 'pass' })
  })

  it('is all that a person asked for', async () => {
    await addLooks(130, { repeated: false })
    expect(await sweepObservations()).toBe(0)
  })

  it('is what the deployment was started on', async () => {
    await addLooks(130)
    const { at } = await db().observation.findFirstOrThrow({ where: { runId: run.runId, line: 'look 7' } })
    await db().run.update({ where: { id: run.runId }, data: { startedAt: new Date(at.getTime() + 30_000) } })
    await sweepObservations()
    expect((await lines()).slice(0, 2)).toEqual(['look 7', 'look 32'])
  })

  it('is held by the database itself', async () => {
    await addLooks(130)
    const { id } = await db().observation.findFirstOrThrow({ where: { runId: run.runId, line: 'look 120' } })
    await expect(db().observation.delete({ where: { id } })).rejects.toThrow(/append-only/)
    const old = await idOf('look 1')
    await expect(db().observation.update({ where: { id: old }, data: { line: 'x' } })).rejects.toThrow(
      /permission denied|append-only/,
    )
    expect(await lines()).toHaveLength(131)
  })
})

it('an old look is told by its line when it is no longer kept whole', async () => {
  // Their rows of evidence in the other order, so that the swept ones are among those that are shown.
  await addLooks(130, { backwards: true })
  await sweepObservations()
  const viewer = await memberOf(run.ana.principal, run.team.slug)
  const [key = ''] = run.keys
  const rows = (await getItemHistory(viewer, { runId: run.runId, key }))?.rows ?? []
  expect(rows[0]).toMatchObject({ told: null, observation: { verdict: 'pass' } })
  expect(rows[1]).toMatchObject({ told: { verdict: 'pass', line: 'look 1' }, observation: null })
  expect(rows).toHaveLength(60)
})

it('attempts go a week after they have ended, what was repeated after a day', async () => {
  const left = () => db().probeAttempt.count({ where: { runId: run.runId } })
  const [attempt] = await db().probeAttempt.findMany({ where: { runId: run.runId } })
  if (!attempt) throw new Error('there is an attempt')
  const endedAt = new Date(Date.now() - 2 * 86_400_000)
  await db().probeAttempt.create({
    data: { ...attempt, looks: Prisma.DbNull, id: crypto.randomUUID(), cause: 'schedule', endedAt },
  })
  await db().probeAttempt.update({ where: { id: attempt.id }, data: { endedAt } })
  await sweepEndedAttempts()
  expect(await left()).toBe(1)
  await db().probeAttempt.updateMany({
    where: { runId: run.runId },
    data: { endedAt: new Date(Date.now() - 8 * 86_400_000) },
  })
  await sweepEndedAttempts()
  expect(await left()).toBe(0)
})
