import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { runCommand } from '#lib/door/run-command.ts'
import { cancelProbes } from '#lib/runs/commands/cancel-probes.ts'
import { markNotApplicable, tickItem } from '#lib/runs/commands/items.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { abort } from '#lib/runs/commands/steps.ts'
import { claim, listWaiting } from '#lib/runs/worker/attempts.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { runAttempt } from '#lib/runs/worker/run-attempt.ts'
import { db } from '#lib/server/db.ts'
import { act, addMember, codeOf, done, linesOf } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import {
  attemptsOf,
  openProbedRun,
  type ProbedRun,
  probed,
  rowsOf,
  settled,
  signAsDeveloper,
  staleReason,
  until,
} from './probed-run.ts'

useTestDatabase()

const LINES = [
  probed('Health', '/health/'),
  probed('Database', '/health/db/'),
  probed('Metrics', '/metrics'),
  '- [ ] Somebody looked',
]

let target: Awaited<ReturnType<typeof startSampleTarget>>
let run: ProbedRun
let worker: ReturnType<typeof startProbeWorker> | null

beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())
beforeEach(async () => {
  target.broken.clear()
  worker = null
  run = await openProbedRun({ lines: LINES, target: target.url })
})
afterEach(() => worker?.stop())

const start = (keys: string[] | 'all' | 'failing') =>
  act(startProbes, run.ana.principal, { ...run.address, keys })
const cancel = (keys: string[] | 'all') => act(cancelProbes, run.ana.principal, { ...run.address, keys })
const key = (index: number) => run.keys[index] ?? ''
const states = async () => (await rowsOf(run)).map(({ state, grade }) => `${state} ${grade}`)
const actions = async () => (await linesOf(run.runId)).map(({ action }) => action)
const observations = () => db().observation.count({ where: { runId: run.runId } })

/** A worker takes the first attempt; meanwhile its item is marked n/a, so that what it sees is asked for by nobody. */
async function lookInVain(): Promise<void> {
  const [waiting] = await listWaiting(10)
  const [claimed] = await claim(waiting === undefined ? [] : [{ id: waiting.id, target: waiting.id }])
  if (claimed === undefined) throw new Error('nothing was claimed')
  await done(
    act(markNotApplicable, run.ana.principal, { ...run.address, key: key(0), version: 0, reason: 'gone' }),
  )
  await runAttempt({ claimed, signal: new AbortController().signal })
  expect(await observations()).toBe(0)
}

async function probe(keys: string[] | 'all' | 'failing') {
  worker ??= startProbeWorker()
  const started = await done(start(keys))
  await settled(run)
  return started
}

describe('starting probes', () => {
  it('queues one attempt an item, says so in the log and returns before anything is asked', async () => {
    const before = target.seen().requests
    expect(await done(start('all'))).toEqual({ keys: run.keys.slice(0, 3), left: 0 })
    expect(await attemptsOf(run)).toHaveLength(3)
    expect(target.seen().requests).toBe(before)
    expect((await linesOf(run.runId)).at(-1)).toMatchObject({
      action: 'run.probes_started',
      actor: { kind: 'person', name: 'Ana' },
      data: { keys: run.keys.slice(0, 3) },
    })
    // What is under way already is not queued twice.
    expect(await done(start('all'))).toEqual({ keys: [], left: 0 })
    expect(await attemptsOf(run)).toHaveLength(3)
  })

  it('refuses in words what cannot be probed', async () => {
    expect(await codeOf(start([key(3)]))).toBe('no_probe')
    expect(await codeOf(start(['nowhere']))).toBe('no_item')
    expect(await codeOf(start('failing'))).toBe('nothing_failing')
    await done(
      act(markNotApplicable, run.ana.principal, {
        ...run.address,
        key: key(0),
        version: 0,
        reason: 'not here',
      }),
    )
    expect(await codeOf(start([key(0)]))).toBe('not_applicable')
    expect((await done(start('all'))).keys).toEqual(run.keys.slice(1, 3))
  })

  it('is not for those who only read, nor for other teams', async () => {
    const mona = await addMember(run.team, { name: 'Mona', accountRole: 'manager' })
    expect(await codeOf(act(startProbes, mona.principal, { ...run.address, keys: 'all' }))).toBe('forbidden')
    const other = await openProbedRun({ lines: LINES, target: target.url })
    expect(await codeOf(act(startProbes, other.ana.principal, { ...run.address, keys: 'all' }))).toBe(
      'not_found',
    )
  })

  it('lets a team have 200 under way and start 60 times a minute', async () => {
    const many = Array.from({ length: 230 }, (_, index) => probed(`Item ${index}`, '/health/'))
    run = await openProbedRun({ lines: many, target: target.url })
    const first = await done(start('all'))
    expect(first.keys).toHaveLength(200)
    expect(first.left).toBe(30)
    expect(await codeOf(start([key(229)]))).toBe('too_many_probes')
    await done(cancel([key(0)]))
    expect((await done(start([key(229)]))).keys).toEqual([key(229)])
    for (let count = 3; count < 60; count += 1) await start([key(1)])
    expect(await codeOf(start([key(1)]))).toBe('too_often')
    // Or the workers of the tests after this one would have them to do first.
    await done(cancel('all'))
  }, 20_000)
})

describe('what a probe sees', () => {
  it('ticks the open item, lifts a claimed one, and leaves its observation with its hash in the log', async () => {
    await done(
      act(tickItem, run.ana.principal, { ...run.address, key: key(1), version: 0, note: 'looked myself' }),
    )
    expect(await states()).toEqual(['open unproven', 'passed claimed', 'open unproven', 'open unproven'])
    await probe('all')
    expect(await states()).toEqual(['passed observed', 'passed observed', 'passed observed', 'open unproven'])
    expect(await observations()).toBe(3)
    const seen = (await linesOf(run.runId)).filter(({ action }) => action === 'run.probe_observed')
    expect(seen).toHaveLength(3)
    expect(seen[0]).toMatchObject({
      actor: { kind: 'system', name: 'Countersign' },
      data: { verdict: 'pass', observationHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    const evidence = await db().evidence.findMany({ where: { runId: run.runId, kind: 'observation' } })
    expect(evidence.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass'])
    expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
  })

  it('runs the failing again and nothing else', async () => {
    target.broken.add('db')
    await probe('all')
    expect((await states())[1]).toBe('failed unproven')
    target.broken.delete('db')
    const before = target.seen().requests
    expect(await probe('failing')).toEqual({ keys: [key(1)], left: 0 })
    expect(target.seen().requests).toBe(before + 1)
    expect((await states())[1]).toBe('passed observed')
  })

  it('stales a signature when it flips, and never when it sees the same again', async () => {
    await probe([key(0)])
    await signAsDeveloper(run)
    await probe([key(0)])
    await probe([key(0)])
    expect(await staleReason(run)).toBeNull()
    target.broken.add('health')
    await probe([key(0)])
    expect((await states())[0]).toBe('failed unproven')
    expect(await staleReason(run)).toContain('The probe failed')
    expect((await actions()).slice(-2)).toEqual(['run.probe_observed', 'run.signature_staled'])
  })

  it('takes no mark away when it was inconclusive', async () => {
    run = await openProbedRun({
      lines: [probed('App', '/api/x', 'json claims == 3')],
      target: target.url,
    })
    await probe('all')
    expect(await states()).toEqual(['passed observed'])
    await db().environment.updateMany({ where: { teamId: run.team.teamId }, data: { variables: {} } })
    await probe('all')
    expect(await states()).toEqual(['passed observed'])
    const [row] = await rowsOf(run)
    expect(row?.fold.attempt).toMatchObject({ verdict: 'inconclusive', outcome: 'error' })
    expect((await done(start('failing'))).keys).toEqual(run.keys)
  })

  it.each(['http://169.254.169.254', 'http://metadata.google.internal', 'http://127.0.0.1:1'])(
    'is blocked at %s, which the log names',
    async (address) => {
      run = await openProbedRun({
        lines: [probed('Secrets', '/latest')],
        target: address,
        allowList: 'example.com:443',
      })
      await probe('all')
      expect(await states()).toEqual(['open unproven'])
      const [row] = await rowsOf(run)
      expect(row?.fold.attempt?.outcome).toBe('blocked')
      const line = (await linesOf(run.runId)).at(-1)
      expect(line).toMatchObject({ action: 'run.probe_blocked', data: { key: key(0) } })
      expect(String(line?.data.target)).toContain(new URL(address).hostname)
    },
  )

  it('is named in the team’s log where the item no longer asks for the look', async () => {
    run = await openProbedRun({
      lines: [probed('Secrets', '/latest')],
      target: 'http://169.254.169.254',
      allowList: 'example.com:443',
    })
    await done(start([key(0)]))
    await lookInVain()
    expect((await linesOf(run.team.streamId)).at(-1)).toMatchObject({
      action: 'service.look_blocked',
      data: { why: expect.stringContaining('169.254.169.254') },
    })
  })

  it('looks at a composite part by part, and names the part that was blocked', async () => {
    const part = (name: string, url: string) => `part ${name} http ${url}/api/x expect status == 200`
    const here = '$' + '{BASE_URL}'
    const line = (need: string, other: string) =>
      `- [ ] Both <!-- probe: composite ${need} ${part('a', here)} ${part('b', other)} -->`
    run = await openProbedRun({ lines: [line('need all', here)], target: target.url })
    await probe('all')
    expect(await states()).toEqual(['passed observed'])
    expect((await rowsOf(run))[0]?.fold.attempt?.line).toBe('2 of 2 parts pass')

    run = await openProbedRun({ lines: [line('need any', 'http://169.254.169.254')], target: target.url })
    await probe('all')
    expect(await states()).toEqual(['passed observed'])
    const last = (await linesOf(run.runId)).at(-1)
    expect(last).toMatchObject({
      action: 'run.probe_blocked',
      data: { key: key(0), target: '169.254.169.254:80' },
    })
  })
})

describe('what is blocked beside what decides', () => {
  const here = '$' + '{BASE_URL}'
  const blocked = {
    action: 'run.probe_blocked',
    data: { key: expect.any(String), target: '169.254.169.254:80' },
  }

  it('is in the log: the address without TLS that a probe of headers asks, itself and where it leads', async () => {
    const away = createServer((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => away.once('listening', resolve))
    const { port } = away.address() as AddressInfo
    run = await openProbedRun({
      lines: ['http://169.254.169.254/', `http://127.0.0.1:${port}/`].map(
        (plain, index) =>
          `- [ ] Item ${index} <!-- probe: headers ${here}/ expect cross-origin-resource-sharing, plain ${plain} -->`,
      ),
      target: target.url,
      allowList: `${new URL(target.url).host}\n127.0.0.1:${port}`,
    })
    await probe('all')
    await new Promise((resolve) => away.close(resolve))
    expect((await rowsOf(run)).map(({ fold }) => fold.attempt?.outcome)).toEqual(['pass', 'pass'])
    const lines = (await linesOf(run.runId)).filter(({ action }) => action === 'run.probe_blocked')
    expect(lines).toMatchObject([blocked, blocked])
    expect(new Set(lines.map(({ data }) => data.key))).toEqual(new Set(run.keys))
  })

  it('is in the log: a part in the first look of a window, which the second look did reach', async () => {
    const { host, port } = new URL(target.url)
    const part = (name: string, url: string) => `part ${name} http ${url}/api/x expect status == 200`
    const probes = `${part('a', here)} ${part('b', `http://localhost:${port}`)}`
    run = await openProbedRun({
      lines: [`- [ ] Both <!-- probe: composite need any, window 2 of 2 every 2s ${probes} -->`],
      target: target.url,
    })
    worker = startProbeWorker()
    await done(start('all'))
    await until(
      'one look was taken',
      async () => (await db().probeAttempt.findFirstOrThrow({ where: { runId: run.runId } })).dueAt !== null,
    )
    await db().environment.updateMany({
      where: { teamId: run.team.teamId },
      data: { allowList: [host, `localhost:${port}`] },
    })
    await settled(run)
    expect(await states()).toEqual(['passed observed'])
    const lines = (await linesOf(run.runId)).filter(({ action }) => action === 'run.probe_blocked')
    expect(lines.map(({ data }) => data.target)).toEqual([`localhost:${port}`])
  })

  it('is in the team’s log where the item no longer asks, though the whole passed', async () => {
    const part = (name: string, url: string) => `part ${name} http ${url}/api/x expect status == 200`
    const probes = `${part('a', here)} ${part('b', 'http://169.254.169.254')}`
    run = await openProbedRun({
      lines: [`- [ ] Both <!-- probe: composite need any ${probes} -->`],
      target: target.url,
    })
    await done(start('all'))
    await lookInVain()
    expect((await linesOf(run.team.streamId)).at(-1)).toMatchObject({
      action: 'service.look_blocked',
      data: { target: '169.254.169.254:80', why: expect.stringContaining('169.254.169.254') },
    })
  })
})

describe('cancelling', () => {
  it('closes the socket, which the target sees, and stores no verdict', async () => {
    target.broken.add('hang')
    const { aborted, requests } = target.seen()
    worker = startProbeWorker()
    await done(start([key(0), key(1)]))
    await until('the target was asked twice', () => target.seen().requests === requests + 2)
    expect(await done(cancel('all'))).toEqual({ keys: [key(0), key(1)] })
    await until('the target saw both sockets close', () => target.seen().aborted === aborted + 2, 2)
    expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect((await actions()).at(-1)).toBe('run.probes_cancelled')
    expect(await observations()).toBe(0)
    expect(await states()).toEqual(Array.from({ length: 4 }, () => 'open unproven'))
    expect(await done(cancel('all'))).toEqual({ keys: [] })
  })

  it('never starts what was only waiting', async () => {
    const { requests } = target.seen()
    await done(start('all'))
    await done(cancel([key(0), key(1)]))
    worker = startProbeWorker()
    await settled(run)
    expect(target.seen().requests).toBe(requests + 1)
    expect(await observations()).toBe(1)
  })

  it('drops the result of a run that ended meanwhile, and of an item that became n/a', async () => {
    target.broken.add('slow')
    const { requests } = target.seen()
    worker = startProbeWorker()
    await done(start([key(0)]))
    await until('the target was asked', () => target.seen().requests === requests + 1)
    await done(
      act(markNotApplicable, run.ana.principal, { ...run.address, key: key(0), version: 0, reason: 'gone' }),
    )
    await done(start([key(1)]))
    await until('the target was asked again', () => target.seen().requests === requests + 2)
    await done(act(abort, run.ana.principal, { ...run.address, reason: 'wrong release' }))
    await settled(run)
    expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    expect(await observations()).toBe(0)
  })
})

it('leaves a sample’s history to whoever writes it', async () => {
  await db().team.update({ where: { id: run.team.teamId }, data: { sample: true } })
  await done(start([key(0)]))
  await db().probeAttempt.updateMany({
    where: { runId: run.runId },
    data: { requestedAt: new Date('2026-01-05T09:00:00Z') },
  })
  await done(start([key(1)]))
  const { requests } = target.seen()
  worker = startProbeWorker()
  await until('today’s probe was seen', async () => (await observations()) === 1)
  expect((await attemptsOf(run)).map(({ state }) => state)).toEqual(['queued', 'done'])
  expect(target.seen().requests).toBe(requests + 1)
})

it('answers a repeated request with the first answer, and starts nothing twice', async () => {
  const call = {
    principal: run.ana.principal,
    input: { ...run.address, keys: 'all' },
    idempotencyKey: randomUUID(),
  }
  const first = await runCommand(startProbes, call)
  expect(await runCommand(startProbes, call)).toEqual(first)
  expect(await attemptsOf(run)).toHaveLength(3)
})
