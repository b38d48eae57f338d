import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { POST } from '#app/api/v1/heartbeats/[name]/route.ts'
import type { PipelineScope } from '#lib/access/actor.ts'
import { HEARTBEAT_LIMITS } from '#lib/runs/heartbeat-input.ts'
import { startWorker } from '#lib/runs/worker/worker.ts'
import { db } from '#lib/server/db.ts'
import { newId } from '#lib/server/ids.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { until } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { itemOf, makeScene, openScene, type Scene } from './fixture.ts'

useTestDatabase()

const CHECKLIST = `# Jobs

- [ ] Database backup completed <!-- probe: heartbeat "database-backup" expect age < 24h, size > 0B -->
- [ ] Cache warmed <!-- probe: heartbeat "warm-cache" expect age < 1h -->

## Sign-off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| Developer | | | |
`

async function tokenOf(
  { team, service }: Scene,
  more: { environment?: string; run?: number; scopes?: PipelineScope[] } = {},
): Promise<string> {
  const name = `Jobs ${randomBytes(4).toString('hex')}`
  const input = {
    team: team.slug,
    service,
    environment: null,
    scopes: ['evidence' as const],
    days: 30,
    name,
    ...more,
  }
  return (await done(act(makeGateToken, team.owner.principal, input as never))).token
}

type Answer = { status: number; body: Record<string, unknown> }

async function beat(
  token: string,
  said: object | string = {},
  { name = 'database-backup', environment = 'production' } = {},
): Promise<Answer> {
  const request = new Request(
    `http://localhost/api/v1/heartbeats/${name}?service=web&environment=${environment}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: typeof said === 'string' ? said : JSON.stringify(said),
    },
  )
  const answer = await POST(request, { params: Promise.resolve({ name }) })
  return { status: answer.status, body: await answer.json() }
}

const scene = () => makeScene({ source: CHECKLIST })
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

describe('a heartbeat', () => {
  it('is kept, and has the items that wait for it looked at, as a line of the run’s log', async () => {
    const open = await openScene(await scene())
    const token = await tokenOf(open)
    const { key } = await itemOf(open, open.ana, 'Database backup')
    const said = { startedAt: ago(120_000), finishedAt: ago(60_000), sizeBytes: 5_000_000_000, status: 'ok' }
    const answer = await beat(token, said)
    expect(answer).toMatchObject({
      status: 201,
      body: { name: 'database-backup', run: open.number, items: [key] },
    })
    expect(await db().heartbeat.findMany({ where: { teamId: open.team.teamId } })).toMatchObject([
      { name: 'database-backup', sizeBytes: 5_000_000_000n, status: 'ok' },
    ])
    expect((await linesOf(open.runId)).at(-1)).toMatchObject({
      action: 'run.probes_started',
      actor: { kind: 'system' },
      data: { keys: [key] },
    })
  })

  it('passes its item through the worker, and fails it when the job says that it failed', async () => {
    const before = await scene()
    const token = await tokenOf(before)
    // It came before the run was opened, and is of the environment, not of a release.
    expect(await beat(token, { sizeBytes: 1 })).toMatchObject({ status: 201, body: { run: null, items: [] } })
    const worker = startWorker()
    try {
      const open = await openScene(before)
      const stateIs = (state: string) => async () =>
        (await itemOf(open, open.ana, 'Database')).state === state
      await until('the item to pass', stateIs('passed'))
      expect(await itemOf(open, open.ana, 'Cache')).toMatchObject({ state: 'open' })
      await beat(token, { status: 'failed', message: 'password=hunter2 disk full' })
      await until('the item to fail', stateIs('failed'))
      const { line } = await itemOf(open, open.ana, 'Database')
      expect(line?.text).toContain('disk full')
      expect(line?.text).not.toContain('hunter2')
    } finally {
      await worker.stop()
    }
  })

  it('may say nothing at all, and is of one environment', async () => {
    const open = await openScene(await scene())
    const token = await tokenOf(open)
    expect(await beat(token, '', { environment: 'staging' })).toMatchObject({
      status: 201,
      body: { run: null },
    })
    expect(await db().probeAttempt.count({ where: { runId: open.runId } })).toBe(0)
  })

  it('is one of the last hundred of its name', async () => {
    const open = await scene()
    const token = await tokenOf(open)
    await beat(token)
    const first = await db().heartbeat.findFirstOrThrow({ where: { teamId: open.team.teamId } })
    const more = Array.from({ length: HEARTBEAT_LIMITS.kept }, () => ({ ...first, id: newId() }))
    await db().heartbeat.createMany({ data: more })
    await beat(token)
    const kept = await db().heartbeat.findMany({
      where: { teamId: open.team.teamId },
      orderBy: { receivedAt: 'asc' },
    })
    expect(kept).toHaveLength(HEARTBEAT_LIMITS.kept)
  })
})

describe('a heartbeat is refused', () => {
  it.each([
    [{ finishedAt: new Date(Date.now() + 600_000).toISOString() }, 'finishedAt'],
    [{ startedAt: new Date(Date.now() + 600_000).toISOString() }, 'startedAt'],
    [{ startedAt: ago(1_000), finishedAt: ago(2_000) }, 'finishedAt'],
    [{ finishedAt: 'yesterday' }, 'finishedAt'],
    [{ sizeBytes: -1 }, 'sizeBytes'],
    [{ sizeBytes: 1.5 }, 'sizeBytes'],
    [{ status: 'done' }, 'status'],
    [{ size: 5 }, 'input'],
  ])('when it says %j', async (said, field) => {
    const open = await scene()
    const { status, body } = await beat(await tokenOf(open), said)
    expect(status).toBe(400)
    expect(Object.keys(body.errors as object)).toEqual([field])
    expect(await db().heartbeat.count({ where: { teamId: open.team.teamId } })).toBe(0)
  })

  it('when it is no JSON, too long, or has a name that no address takes', async () => {
    const token = await tokenOf(await scene())
    expect(await beat(token, 'ok')).toMatchObject({ status: 400 })
    expect(await beat(token, 'x'.repeat(10_001))).toMatchObject({ status: 413 })
    expect(await beat(token, {}, { name: '-' })).toMatchObject({ status: 400 })
  })

  it('a little ahead of our clock is none', async () => {
    const token = await tokenOf(await scene())
    expect(await beat(token, { finishedAt: new Date(Date.now() + 240_000).toISOString() })).toMatchObject({
      status: 201,
    })
  })

  it('from a token without the scope, of another environment or team, or of one run', async () => {
    const open = await openScene(await scene())
    expect(await beat(await tokenOf(open, { scopes: ['gate'] }))).toMatchObject({ status: 403 })
    expect(await beat(await tokenOf(open, { environment: 'staging' }))).toMatchObject({ status: 404 })
    expect(await beat(await tokenOf(open, { run: open.number }))).toMatchObject({ status: 403 })
    const foreign = await scene()
    await beat(await tokenOf(foreign))
    expect(await db().heartbeat.count({ where: { teamId: open.team.teamId } })).toBe(0)
    expect(await beat('csg_unknown')).toMatchObject({ status: 401 })
  })

  it('under ever new names', async () => {
    const open = await scene()
    const token = await tokenOf(open)
    await beat(token)
    const first = await db().heartbeat.findFirstOrThrow({ where: { teamId: open.team.teamId } })
    const others = Array.from({ length: HEARTBEAT_LIMITS.names }, (_, n) => ({
      ...first,
      id: newId(),
      name: `n${n}`,
    }))
    await db().heartbeat.createMany({ data: others.slice(1) })
    expect(await beat(token, {}, { name: 'one-more' })).toMatchObject({
      status: 422,
      body: { code: 'too_many' },
    })
    expect(await beat(token)).toMatchObject({ status: 201 })
  })
})
