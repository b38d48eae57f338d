import { describe, expect, it } from 'vitest'
import { POST as beat } from '#app/api/v1/heartbeats/[name]/route.ts'
import { POST } from '#app/api/v1/reports/route.ts'
import { correctRelease } from '#lib/runs/commands/mid-run.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { startWorker } from '#lib/runs/worker/worker.ts'
import { db } from '#lib/server/db.ts'
import { revokeGateToken } from '#lib/services/commands/revoke-gate-token.ts'
import { act, done, linesOf } from '#tests/commands/teams/people.ts'
import { until } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { itemOf, makeScene, type OpenedScene, openScene } from './fixture.ts'
import { CHECKLIST, FULL, junit, push, tokenOf } from './pushing.ts'

useTestDatabase()

async function opened(): Promise<OpenedScene> {
  return openScene(await makeScene({ source: CHECKLIST }))
}

describe('a pushed report', () => {
  it('is kept with what it says, has the matching item looked at, and is a line of the run’s log', async () => {
    const scene = await opened()
    const { token, tokenId } = await tokenOf(scene)
    const { status, body } = await push(token, { query: { name: 'unit' } })
    expect({ status, body }).toMatchObject({ status: 201, body: { created: true, waiting: ['unit', null] } })
    const unit = await itemOf(scene, scene.ana, 'Unit tests')
    expect(body.items).toEqual([unit.key])
    const row = await db().runReport.findFirstOrThrow({ where: { runId: scene.runId } })
    expect(row).toMatchObject({ name: 'unit', format: 'junit', meaning: 'tests', commit: FULL, tokenId })
    expect(row.facts).toMatchObject({ tests: 2, failed: 0 })
    const lines = (await linesOf(scene.runId)).slice(-2)
    expect(lines).toMatchObject([
      {
        action: 'run.report_pushed',
        actor: { kind: 'token', tokenId },
        data: { name: 'unit', format: 'junit', commit: FULL, sha256: row.sha256 },
      },
      { action: 'run.probes_started', data: { keys: [unit.key] } },
    ])
    const attempts = await db().probeAttempt.findMany({ where: { runId: scene.runId } })
    expect(attempts).toMatchObject([{ itemId: unit.id, state: 'queued' }])
  })

  it('passes its item through the worker, fails it when the next one fails, and no longer counts for another commit', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    const worker = startWorker()
    const stateIs = (state: string) => async () =>
      (await itemOf(scene, scene.ana, 'All tests')).state === state
    try {
      await push(token)
      await until('the item to pass', stateIs('passed'))
      expect(await itemOf(scene, scene.ana, 'All tests')).toMatchObject({ grade: 'observed' })
      expect(await itemOf(scene, scene.ana, 'Unit tests')).toMatchObject({ state: 'open' })
      await push(token, { body: junit({ failed: 1 }) })
      await until('the item to fail', stateIs('failed'))
      await push(token, { body: junit({ seed: 'again' }) })
      await until('the item to pass again', stateIs('passed'))
      const release = { version: 'v1.0.1', commit: 'abcdef1', artifactDigest: null }
      const address = { team: scene.team.slug, service: scene.service, number: scene.number }
      await done(act(correctRelease, scene.ana.principal, { ...address, ...release, reason: 'wrong commit' }))
      expect(await itemOf(scene, scene.ana, 'All tests')).toMatchObject({ state: 'open' })
      const { key } = await itemOf(scene, scene.ana, 'All tests')
      await done(act(startProbes, scene.ana.principal, { ...address, keys: [key] }))
      const line = async () => (await itemOf(scene, scene.ana, 'All tests')).line?.text ?? ''
      await until('the look to find nothing', async () => /pushed for this commit/.test(await line()))
      expect(await itemOf(scene, scene.ana, 'All tests')).toMatchObject({ state: 'open' })
    } finally {
      await worker.stop()
    }
  })

  it('is the same report when the same file comes again, and a new one when another came between', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    const first = await push(token)
    const again = await push(token, { call: POST, query: { commit: '8f3c2d1' } })
    expect(again).toMatchObject({ status: 200, body: { created: false, reportId: first.body.reportId } })
    await push(token, { body: junit({ failed: 1 }) })
    expect(await push(token)).toMatchObject({ status: 201 })
    expect(await db().runReport.count({ where: { runId: scene.runId } })).toBe(3)
    expect(await db().storedFile.count({ where: { teamId: scene.team.teamId } })).toBe(2)
  })

  it('says which report it replaces, and what that said: of shards the last would count alone', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    expect((await push(token, { body: junit({ failed: 1 }) })).body.replaces).toBeNull()
    expect((await push(token, { query: { name: 'unit' } })).body.replaces).toBeNull()
    const { body } = await push(token, { body: junit({ seed: 'shard 2' }) })
    expect(body.replaces).toMatch(
      /^replaces the report of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: 1 of 2 failed$/,
    )
    expect((await push(token, { body: junit({ seed: 'shard 2' }) })).body).toMatchObject({
      created: false,
      replaces: null,
    })
    const release = { version: 'v1.0.1', commit: 'abcdef1', artifactDigest: null, reason: 'wrong commit' }
    const address = { team: scene.team.slug, service: scene.service, number: scene.number }
    await done(act(correctRelease, scene.ana.principal, { ...address, ...release }))
    const other = await push(token, { query: { commit: 'abcdef1' } })
    expect(other).toMatchObject({ status: 201, body: { replaces: null } })
  })

  it('is one of twenty that come at once, each kept once and the item looked at once', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    const unit = { name: 'unit' }
    const others = Array.from({ length: 20 }, (_, index) =>
      push(token, { body: junit({ seed: `of ${index}` }), query: unit }),
    )
    expect(new Set((await Promise.all(others)).map(({ status }) => status))).toEqual(new Set([201]))
    expect(await db().runReport.count({ where: { runId: scene.runId } })).toBe(20)
    expect(await db().probeAttempt.count({ where: { runId: scene.runId } })).toBe(1)
    const same = Array.from({ length: 20 }, () =>
      push(token, { body: junit({ seed: 'the same' }), query: unit }),
    )
    const answers = await Promise.all(same)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(new Set(answers.map(({ body }) => body.reportId)).size).toBe(1)
    const pushed = (await linesOf(scene.runId)).filter(({ action }) => action === 'run.report_pushed')
    expect(pushed).toHaveLength(21)
  }, 60_000)

  it('begins an attempt again that may have looked a moment too early', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    await push(token)
    const { id } = await db().probeAttempt.findFirstOrThrow({ where: { runId: scene.runId } })
    const leased = {
      state: 'running',
      fence: 1,
      startedAt: new Date(),
      leaseUntil: new Date(Date.now() + 20_000),
    }
    await db().probeAttempt.update({ where: { id }, data: leased })
    const { body } = await push(token, { body: junit({ failed: 1 }) })
    expect(body.items).toHaveLength(1)
    expect(await db().probeAttempt.findMany({ where: { runId: scene.runId } })).toMatchObject([
      { id, state: 'queued', leaseUntil: null },
    ])
  })
})

describe('a report is refused', () => {
  it('for another commit where a run is named, by the address or by the token, with both commits named and before its body is read', async () => {
    const scene = await opened()
    const other = 'f'.repeat(40)
    const ofService = await tokenOf(scene)
    const ofRun = await tokenOf(scene, { run: scene.number })
    for (const [{ token }, run] of [
      [ofService, { run: String(scene.number) }],
      [ofRun, {}],
    ] as const) {
      const query: Record<string, string> = { commit: other, ...run }
      const { status, body } = await push(token, { body: 'no report at all', query })
      expect(status).toBe(409)
      expect(body).toMatchObject({ code: 'other_commit', detail: { commit: other, runCommit: '8f3c2d1' } })
      expect(body.title).toContain(other)
      expect(body.title).toContain('8f3c2d1')
    }
    expect(await db().runReport.count({ where: { runId: scene.runId } })).toBe(0)
    expect(await db().keptReport.count({ where: { teamId: scene.team.teamId } })).toBe(0)
  })

  it('where a run is named and none is open, or another one is', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    expect(await push(token, { query: { environment: 'staging', run: '1' } })).toMatchObject({
      status: 409,
      body: { code: 'no_live_run' },
    })
    expect(await push(token, { query: { run: '7' } })).toMatchObject({
      status: 409,
      body: { code: 'other_run' },
    })
    expect(await push(token, { query: { run: String(scene.number) } })).toMatchObject({ status: 201 })
  })

  it('from a token of another run, service, environment, team or scope, and from one that was revoked', async () => {
    const scene = await opened()
    const foreign = await opened()
    const staging = await openScene(scene, { environment: 'staging' })
    const otherRun = await tokenOf(scene, { run: staging.number })
    expect(await push(otherRun.token)).toMatchObject({ status: 409, body: { code: 'other_run' } })
    expect(await push(otherRun.token, { query: { environment: 'staging' } })).toMatchObject({ status: 201 })
    const elsewhere = await tokenOf(scene, { environment: 'staging' })
    expect(await push(elsewhere.token)).toMatchObject({ status: 404 })
    const { token, tokenId } = await tokenOf(scene)
    expect(await push(token, { query: { service: 'other' } })).toMatchObject({ status: 404 })
    await push((await tokenOf(foreign)).token)
    expect(await db().runReport.count({ where: { runId: scene.runId } })).toBe(0)

    const gate = await tokenOf(scene, { scopes: ['gate'] })
    expect(await push(gate.token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await linesOf(scene.team.streamId)).at(-1)).toMatchObject({
      action: 'access.refused',
      data: { verb: 'run.pushReport' },
    })
    const { team, service } = scene
    await done(act(revokeGateToken, team.owner.principal, { team: team.slug, service, tokenId }))
    expect(await push(token)).toMatchObject({ status: 401 })
    expect(await push('csg_unknown')).toMatchObject({ status: 401 })
  })

  it('above 120 pushes of one token within a minute, whatever they are and came to', async () => {
    const scene = await opened()
    const { token, tokenId } = await tokenOf(scene)
    const astray = () => push(token, { query: { service: 'elsewhere' } })
    const statuses = (await Promise.all(Array.from({ length: 119 }, astray))).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([404]))
    expect(await push(token)).toMatchObject({ status: 201 })
    const late = await push(token)
    expect(late).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    expect(late.body.title).toMatch(
      /^This token pushed 120 times within a minute\. Try again in [1-5]?\d s\.$|in 60 s\.$/,
    )
    expect(Number(late.retryAfter)).toBeGreaterThan(0)
    expect(Number(late.retryAfter)).toBeLessThanOrEqual(60)
    // A job's heartbeat counts with them; another token has its own minute.
    const called = await beat(
      new Request('http://localhost/api/v1/heartbeats/backup?service=web&environment=production', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      }),
      { params: Promise.resolve({ name: 'backup' }) },
    )
    expect(called.status).toBe(429)
    expect((await push((await tokenOf(scene)).token)).status).toBe(200)
    await db().rateLimit.update({ where: { key: `push:${tokenId}` }, data: { windowEnd: new Date(0) } })
    expect((await push(token)).status).toBe(200)
  })

  it('when it cannot be read, with line and column, and is not kept', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    const { status, body } = await push(token, { body: '<?xml version="1.0"?>\n<testsuites>\n<testsuite' })
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'unreadable_report' } })
    expect(body.detail).toMatchObject({ line: 3 })
    expect(await db().storedFile.count({ where: { teamId: scene.team.teamId } })).toBe(0)
  })

  it('above the limits of a file and of a run, which are named', async () => {
    const scene = await opened()
    const { token } = await tokenOf(scene)
    const large = await push(token, { headers: { 'content-length': '10000001' } })
    expect(large).toMatchObject({ status: 413 })
    expect(large.body.title).toContain('10 MB')
    const unannounced = await push(token, { body: new Uint8Array(10_000_001) })
    expect(unannounced).toMatchObject({ status: 413 })
    await push(token)
    const report = await db().runReport.findFirstOrThrow({ where: { runId: scene.runId } })
    const { id: _, ...rest } = { ...report, bytes: 199_999_900, sha256: 'a'.repeat(64), facts: {} }
    await db().runReport.create({ data: { ...rest, id: scene.runId, name: 'large' } })
    const full = await push(token, { body: junit({ seed: 'one more' }), query: { name: 'e2e' } })
    expect(full).toMatchObject({ status: 413 })
    expect(full.body.title).toContain('200 MB')
  })

  it.each([
    [{ commit: '' }, 'commit'],
    [{ commit: 'main' }, 'commit'],
    [{ name: '' }, 'name'],
    [{ format: 'yaml' }, 'format'],
    [{ run: 'x' }, 'run'],
    [{ service: '' }, 'service'],
  ])('when its address says %j', async (query, field) => {
    const scene = await opened()
    const { status, body } = await push((await tokenOf(scene)).token, { query })
    expect(status).toBe(400)
    expect(Object.keys(body.errors ?? {})).toEqual([field])
  })

  it('as a form or compressed', async () => {
    const { token } = await tokenOf(await opened())
    const form: Record<string, string> = { 'content-type': 'multipart/form-data; boundary=x' }
    const compressed: Record<string, string> = { 'content-encoding': 'gzip' }
    for (const headers of [form, compressed])
      expect(await push(token, { headers })).toMatchObject({ status: 415 })
  })
})
