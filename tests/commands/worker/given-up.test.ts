import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { givenUp } from '#lib/probes/channels/given-up.ts'
import { type ProbeConfig, probeConfigSchema, windowOf } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { KINDS } from '#lib/probes/kinds.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { shown } from '#lib/probes/shown.ts'
import { cancelProbes } from '#lib/runs/commands/cancel-probes.ts'
import { markNotApplicable } from '#lib/runs/commands/items.ts'
import { correctRelease } from '#lib/runs/commands/mid-run.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { abort } from '#lib/runs/commands/steps.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { getItemHistory } from '#lib/runs/read/item-history.ts'
import { replay } from '#lib/runs/replay.ts'
import { type Claimed, claim, claimLost, listWaiting } from '#lib/runs/worker/attempts.ts'
import { probeForGate } from '#lib/runs/worker/probe-for-gate.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { runAttempt } from '#lib/runs/worker/run-attempt.ts'
import { sweepAttempts } from '#lib/runs/worker/sweep-attempts.ts'
import { db } from '#lib/server/db.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { plainConfigsOf, probeConfigs } from '#tests/rules/probes/arbitraries.ts'
import { answerWith, probeOf } from '#tests/rules/probes/observations.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { attemptsOf, openProbedRun, type ProbedRun, probed, rowsOf, settled } from './probed-run.ts'

useTestDatabase()

const LINE = 'the probe was given up: none of 5 workers brought it to its end. Run it again, or change it'
const NOTHING_LISTENS = 'http://127.0.0.1:1'

let run: ProbedRun

beforeEach(async () => {
  await db().probeAttempt.updateMany({
    where: { state: { in: ['queued', 'running'] } },
    data: { state: 'cancelled' },
  })
})

const open = async (...lines: string[]) => {
  run = await openProbedRun({ lines, target: NOTHING_LISTENS })
}
const start = () => act(startProbes, run.ana.principal, { ...run.address, keys: 'all' })
const kept = () => db().observation.findMany({ where: { runId: run.runId }, orderBy: { at: 'asc' } })
const looked = async () => (await linesOf(run.runId)).filter(({ action }) => action.startsWith('run.probe_'))
const states = async () => (await attemptsOf(run)).map(({ state }) => state)
const endLeases = () =>
  db().probeAttempt.updateMany({
    where: { runId: run.runId, state: 'running' },
    data: { leaseUntil: new Date(0) },
  })

/** As workers take what waits, one after another, none of which is heard of again. */
async function loseWorkers(count = 5): Promise<Claimed[]> {
  let last: Claimed[] = []
  for (let gone = 0; gone < count; gone++) {
    const waiting = await listWaiting(100)
    last = await claim(waiting.map(({ id }) => ({ id, target: id })))
    await endLeases()
  }
  return last
}

async function shownItem(key = run.keys[0]) {
  const viewer = await memberOf(run.ana.principal, run.team.slug)
  const item = (await getBoard(viewer, run.address))?.items.find((one) => one.key === key)
  return { viewer, key: key ?? '', item }
}

describe('what is kept of a probe that was given up', () => {
  const stored = (config: ProbeConfig) => probeConfigSchema.parse(JSON.parse(JSON.stringify(config)))
  const keptOf = (config: ProbeConfig) =>
    givenUp({ config, at: new Date('2026-03-02T10:00:00Z'), workers: 5, looks: [] })

  it.each(KINDS)('of %s is an error that anybody can judge again, and says nothing else', (kind) => {
    fc.assert(
      fc.property(plainConfigsOf(kind), (arbitrary) => {
        const config = stored(arbitrary)
        const seen = keptOf(config)
        const judgement = judge(config, seen)
        expect(judgement).toEqual({ outcome: 'error', verdict: 'inconclusive', conditions: [], line: LINE })
        const again: unknown = JSON.parse(JSON.stringify(seen))
        expect(observationSchema.parse(again)).toEqual(seen)
        expect(replay({ config, observation: again, judgement })).toEqual({ is: 'same' })
        const { facts, parts } = shown(seen)
        expect(facts.filter(({ text }) => /none (?:was|has)/.test(text))).toEqual([])
        expect(parts).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  it('is an error whatever else the probe says', () => {
    fc.assert(
      fc.property(probeConfigs, (arbitrary) => {
        const config = stored(arbitrary)
        const { outcome, verdict, line } = judge(config, keptOf(config))
        expect({ outcome, verdict }).toEqual({ outcome: 'error', verdict: 'inconclusive' })
        expect(line.endsWith(LINE)).toBe(true)
        expect(line === LINE).toBe(windowOf(config) === undefined)
      }),
    )
  })

  it('comes after the looks that a window had taken', () => {
    const config = probeOf('expect status == 200, window 2 of 3 every 10s failures 1')
    for (const [status, passed] of [
      [200, '1 of 2 looks passed, 1 inconclusive'],
      [503, '0 of 2 looks passed, 1 failed, 1 inconclusive'],
    ] as const) {
      const looks = [answerWith({ status })]
      const seen = givenUp({ config, at: new Date(), workers: 5, looks })
      expect(judge(config, seen)).toMatchObject({
        outcome: 'error',
        verdict: 'inconclusive',
        line: `${passed} · ${LINE}`,
      })
      expect(
        shown(seen)
          .facts.slice(0, 2)
          .map(({ term }) => term),
      ).toEqual(['Look 1', 'Look 2'])
    }
  })
})

describe('a probe that takes its workers down', () => {
  it('is seen on the board, in its history and in the log, and is run again by a person', async () => {
    await open(probed('Health', '/health/'), probed('Other', '/other'))
    const [, other = ''] = run.keys
    await done(act(startProbes, run.ana.principal, { ...run.address, keys: run.keys.slice(0, 1) }))
    await loseWorkers()
    await sweepAttempts()
    expect(await attemptsOf(run)).toMatchObject([{ state: 'lost', fence: 6 }])
    const [seen, ...more] = await kept()
    expect(more).toEqual([])
    expect(seen).toMatchObject({ outcome: 'error', verdict: 'inconclusive', line: LINE, repeated: false })
    expect(await looked()).toMatchObject([
      {
        action: 'run.probe_observed',
        actor: { kind: 'system', name: 'Countersign' },
        data: { outcome: 'error', verdict: 'inconclusive', line: LINE },
      },
    ])

    const { viewer, key, item } = await shownItem()
    expect(item).toMatchObject({
      state: 'open',
      grade: 'unproven',
      line: { from: 'machine', unsure: true, text: `error: ${LINE}` },
      can: { probe: true },
    })
    expect((await shownItem(other)).item?.line).toBeNull()
    const history = await getItemHistory(viewer, { runId: run.runId, key })
    expect(history?.rows).toMatchObject([
      { kind: 'observation', observation: { outcome: 'error', line: LINE, replay: { is: 'same' } } },
    ])

    // Another sweep finds nothing, and neither the gate nor the schedule starts it again by itself.
    await sweepAttempts()
    await probeForGate({ ...run.address, keys: [key] })
    expect(await states()).toEqual(['lost'])
    expect(await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'failing' }))).toEqual({
      keys: [key],
      left: 0,
    })
    const worker = startProbeWorker()
    await settled(run)
    await worker.stop()
    expect(await states()).toEqual(['lost', 'done'])
    expect((await rowsOf(run))[0]).toMatchObject({ state: 'failed' })
    expect((await shownItem()).item?.line?.text).toContain('connection refused')
  })

  it('leaves a pass that stood, and says beside it that the last attempt was given up', async () => {
    await open(probed('Health', '/health/'))
    await db().$executeRaw`
      UPDATE run_item SET fold = jsonb_set(fold, '{seen}', ${JSON.stringify({
        ...{ id: 'before', at: Date.now(), outcome: 'pass', verdict: 'pass', line: 'status 200' },
      })}::jsonb) WHERE run_id = ${run.runId}::uuid`
    await done(start())
    await loseWorkers()
    await sweepAttempts()
    expect((await shownItem()).item?.line).toMatchObject({
      unsure: false,
      text: expect.stringContaining(`status 200 · last attempt: error: ${LINE}`),
    })
  })

  it('in shadow is shown as such and changes nothing', async () => {
    await open(probed('Health', '/health/', 'status == 200, shadow'))
    await done(start())
    await loseWorkers()
    await sweepAttempts()
    expect(await looked()).toMatchObject([{ action: 'run.probe_shadowed', data: { outcome: 'error' } }])
    expect((await shownItem()).item).toMatchObject({
      state: 'open',
      line: null,
      shadow: { seen: { verdict: 'inconclusive', line: LINE } },
    })
  })

  it('in the middle of a window keeps the looks that were taken', async () => {
    await open(probed('Stays up', '/health/', 'status == 200, window 2 of 3 every 1s failures 1'))
    await done(start())
    const [waiting] = await listWaiting(1)
    const [first] = await claim([{ id: waiting?.id ?? '', target: 'here' }])
    if (first === undefined) throw new Error('nothing was claimed')
    await runAttempt({ claimed: first, signal: new AbortController().signal })
    await db().probeAttempt.updateMany({ where: { runId: run.runId }, data: { dueAt: new Date(0) } })
    await loseWorkers()
    await sweepAttempts()
    expect(await kept()).toMatchObject([
      {
        outcome: 'error',
        line: `0 of 2 looks passed, 1 failed, 1 inconclusive · ${LINE}`,
        observation: { samples: [{ error: { kind: 'refused' } }, { error: { kind: 'lost' } }] },
      },
    ])
    const { viewer, key } = await shownItem()
    const rows = (await getItemHistory(viewer, { runId: run.runId, key }))?.rows ?? []
    const looks = rows.find(({ kind }) => kind === 'observation')?.observation?.looks ?? []
    expect(looks.map(({ outcome }) => outcome)).toEqual(['fail', 'error'])
    expect(looks[0]?.line).toContain('connection refused')
  })

  it('is news also where the worker repeated it and the last look was an error too', async () => {
    await open(probed('Health', '/health/'))
    await done(start())
    await loseWorkers()
    await sweepAttempts()
    await done(start())
    await db().probeAttempt.updateMany({
      where: { runId: run.runId, state: 'queued' },
      data: { cause: 'schedule', requestedBy: null },
    })
    await loseWorkers()
    await sweepAttempts()
    expect((await looked()).map(({ action }) => action)).toEqual(['run.probe_observed', 'run.probe_observed'])
    expect((await kept()).map(({ repeated }) => repeated)).toEqual([false, false])
  })
})

describe('exactly one verdict is kept', () => {
  it('though many workers sweep at once', async () => {
    await open(...['a', 'b', 'c'].map((text) => probed(text, `/${text}`)))
    await done(start())
    await loseWorkers()
    await Promise.all(Array.from({ length: 8 }, sweepAttempts))
    expect(await states()).toEqual(['lost', 'lost', 'lost'])
    expect(await kept()).toHaveLength(3)
    expect(await looked()).toHaveLength(3)
  })

  it('though the worker that swept was lost as well', async () => {
    await open(probed('Health', '/health/'))
    await done(start())
    await loseWorkers()
    expect(await claimLost()).toHaveLength(1)
    // It is held, so nobody else takes it yet, neither to run it nor to give it up.
    await sweepAttempts()
    expect(await listWaiting(10)).toEqual([])
    expect(await kept()).toEqual([])
    await endLeases()
    expect(await listWaiting(10)).toEqual([])
    await sweepAttempts()
    expect(await states()).toEqual(['lost'])
    expect(await kept()).toHaveLength(1)
  })

  it('though the last worker was only slow, and hands in what it saw', async () => {
    await open(probed('Health', '/health/'))
    await done(start())
    const [slow] = await loseWorkers()
    if (slow === undefined) throw new Error('nothing was claimed')
    await sweepAttempts()
    await runAttempt({ claimed: slow, signal: new AbortController().signal })
    expect(await states()).toEqual(['lost'])
    expect(await kept()).toMatchObject([{ line: LINE }])
  })

  it('and none before the fifth', async () => {
    await open(probed('Health', '/health/'))
    await done(start())
    await loseWorkers(4)
    await sweepAttempts()
    expect(await kept()).toEqual([])
    expect(await listWaiting(10)).toHaveLength(1)
  })
})

describe('of what nobody asks for any more nothing is kept, and it ends all the same', () => {
  const reason = 'not today'
  it.each([
    ['the run is over', () => act(abort, run.ana.principal, { ...run.address, reason }), 'lost'],
    [
      'the item is n/a',
      () =>
        act(markNotApplicable, run.ana.principal, {
          ...run.address,
          key: run.keys[0] ?? '',
          version: 0,
          reason,
        }),
      'lost',
    ],
    [
      'it was cancelled',
      () => act(cancelProbes, run.ana.principal, { ...run.address, keys: 'all' }),
      'cancelled',
    ],
    [
      'the release was corrected, so that it begins again',
      () =>
        act(correctRelease, run.ana.principal, {
          ...run.address,
          version: 'v1.0.1',
          commit: '0badc0de',
          reason,
        }),
      'queued',
    ],
  ] as [string, () => Promise<never>, string][])('%s', async (_, meanwhile, state) => {
    await open(probed('Health', '/health/'))
    await done(start())
    await loseWorkers()
    await done(meanwhile())
    await sweepAttempts()
    expect(await kept()).toEqual([])
    expect(await states()).toEqual([state])
  })

  it('a configuration that cannot be read, which keeps no other from being given up', async () => {
    await open(probed('Broken', '/a'), probed('Health', '/b'))
    await done(start())
    await loseWorkers()
    await db().$executeRaw`
      UPDATE run_item SET probe = '{"kind": "unheard-of"}'::jsonb WHERE run_id = ${run.runId}::uuid AND key = ${run.keys[0] ?? ''}`
    await sweepAttempts()
    expect(await states()).toEqual(['lost', 'lost'])
    expect(await kept()).toMatchObject([{ line: LINE }])
  })
})
