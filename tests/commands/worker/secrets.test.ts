import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probeConfigSchema } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { correctRelease } from '#lib/runs/commands/mid-run.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { db } from '#lib/server/db.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { openProbedRun, type ProbedRun, rowsOf, settled } from './probed-run.ts'

useTestDatabase()

const SECRET = 'opaque "value" 1/2'
const asked: { url: string; authorization: string }[] = []
const answers = (request: IncomingMessage): string => {
  const authorization = request.headers['x-deploy'] ?? ''
  if (request.url === '/release') return JSON.stringify({ version: 'v1.0.0', built: 'of 8f3c2d1' })
  return JSON.stringify({ url: request.url, got: authorization, encoded: encodeURIComponent(SECRET) })
}
const target = createServer((request, response) => {
  asked.push({ url: request.url ?? '', authorization: String(request.headers['x-deploy'] ?? '') })
  response.writeHead(200, { 'content-type': 'application/json', 'x-echo': SECRET }).end(answers(request))
})
let address: string
let worker: ReturnType<typeof startProbeWorker>

beforeAll(async () => {
  target.listen(0, '127.0.0.1')
  await once(target, 'listening')
  address = `http://127.0.0.1:${(target.address() as AddressInfo).port}`
  worker = startProbeWorker()
})
afterAll(async () => {
  await worker.stop()
  target.close()
})

const named = (name: string) => `$\{${name}}`
const line = (rest: string) => `- [ ] It answers <!-- probe: http ${rest} -->`

async function probe(run: ProbedRun): Promise<void> {
  await done(act(startProbes, run.ana.principal, { ...run.address, keys: 'all' }))
  await settled(run)
}

async function withSecret(run: ProbedRun, name: string, secret: string): Promise<void> {
  const { service } = run.address
  const environment = await db().environment.findFirstOrThrow({
    where: { teamId: run.team.teamId },
    select: { slug: true },
  })
  await done(
    act(setSecret, run.team.owner.principal, {
      team: run.team.slug,
      service,
      environment: environment.slug,
      name,
      secret,
      version: 0,
    }),
  )
}

describe('a probe that asks for a secret', () => {
  it('sends it, and nothing that is kept of the look holds it in any spelling', async () => {
    const rest = `${named('BASE_URL')}/x expect status == 200, header x-echo present, send x-deploy: "${named('DEPLOY_PASS')}"`
    const run = await openProbedRun({ lines: [line(rest)], target: address })
    await withSecret(run, 'DEPLOY_PASS', SECRET)
    await probe(run)
    expect(asked.at(-1)).toEqual({ url: '/x', authorization: SECRET })
    const [row] = await rowsOf(run)
    expect(row).toMatchObject({ state: 'passed', grade: 'observed' })
    const kept = await db().observation.findMany({ where: { runId: run.runId } })
    const text = JSON.stringify(kept)
    expect(text).toContain('•••')
    for (const spelling of [SECRET, encodeURIComponent(SECRET), 'opaque'])
      expect(text).not.toContain(spelling)
    const used = await db().environmentSecret.findFirstOrThrow({ where: { teamId: run.team.teamId } })
    expect(used.lastUsedAt).not.toBeNull()
  })

  it('opens only what the probe names', async () => {
    const run = await openProbedRun({
      lines: [line(`${named('BASE_URL')}/y expect status == 200`)],
      target: address,
    })
    await withSecret(run, 'OTHER_PASS', SECRET)
    await probe(run)
    const unused = await db().environmentSecret.findFirstOrThrow({ where: { teamId: run.team.teamId } })
    expect(unused.lastUsedAt).toBeNull()
  })

  it('ends as an error that names the key when it cannot be opened, and asks nobody', async () => {
    const rest = `${named('BASE_URL')}/never expect status == 200, send x-deploy: "${named('DEPLOY_PASS')}"`
    const run = await openProbedRun({ lines: [line(rest)], target: address })
    await withSecret(run, 'DEPLOY_PASS', SECRET)
    const { sealed } = await db().environmentSecret.findFirstOrThrow({ where: { teamId: run.team.teamId } })
    const other = sealed.replace(/^v1\.[0-9a-f]{8}/, 'v1.0badc0de')
    await db().environmentSecret.updateMany({
      where: { teamId: run.team.teamId },
      data: { sealed: other },
    })
    await probe(run)
    const [row] = await rowsOf(run)
    expect(row?.fold.attempt).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
    expect(row?.fold.attempt?.line).toMatch(
      /^DEPLOY_PASS cannot be opened: it was sealed with key 0badc0de, and this instance has key [0-9a-f]{8}\. Set it again/,
    )
    expect(asked.map(({ url }) => url)).not.toContain('/never')
  })
})

describe('a probe that asks for its run', () => {
  const rest = `${named('BASE_URL')}/${named('RUN_VERSION')}/${named('RUN_COMMIT')}/${named('RUN_NUMBER')} expect status == 200`

  it('is told the release, and asks for the new one after it was corrected', async () => {
    const run = await openProbedRun({ lines: [line(rest)], target: address })
    await probe(run)
    expect(asked.at(-1)?.url).toBe('/v1.0.0/8f3c2d1/1')
    expect((await rowsOf(run))[0]).toMatchObject({ state: 'passed' })
    const release = { version: 'v1.0.1', commit: '8f3c2d2', reason: 'typo' }
    await done(act(correctRelease, run.ana.principal, { ...run.address, ...release }))
    const [voided] = await rowsOf(run)
    expect(voided).toMatchObject({ state: 'open', grade: 'unproven' })
    await probe(run)
    expect(asked.at(-1)?.url).toBe('/v1.0.1/8f3c2d2/1')
    expect((await rowsOf(run))[0]).toMatchObject({ state: 'passed' })
  })

  it('compares what answers with the release, keeps what the release was, and says what it is not', async () => {
    const rest = `${named('BASE_URL')}/release expect json version == "${named('RUN_VERSION')}", body contains "${named('RUN_COMMIT')}"`
    const other = `- [ ] Up <!-- probe: http ${named('BASE_URL')}/release expect status == 200 -->`
    const run = await openProbedRun({ lines: [line(rest), other], target: address })
    await probe(run)
    const [row] = await rowsOf(run)
    expect(row).toMatchObject({ state: 'passed', grade: 'observed' })
    const kept = await db().observation.findFirstOrThrow({
      where: { runId: run.runId, config: { path: ['conditions', '0', 'on'], equals: 'json' } },
    })
    expect(kept.observation).toMatchObject({ run: { RUN_VERSION: 'v1.0.0', RUN_COMMIT: '8f3c2d1' } })
    const config = probeConfigSchema.parse(kept.config)
    expect(JSON.stringify(config)).toContain(named('RUN_VERSION'))
    expect(judge(config, observationSchema.parse(kept.observation))).toEqual(kept.judgement)
    const release = { version: 'v2.0.0', commit: '8f3c2d1', reason: 'typo' }
    await done(act(correctRelease, run.ana.principal, { ...run.address, ...release }))
    // What never asked for the version says as much of the other one.
    expect((await rowsOf(run)).map(({ state }) => state)).toEqual(['open', 'passed'])
    await probe(run)
    const [after] = await rowsOf(run)
    expect(after).toMatchObject({ state: 'failed' })
    expect(after?.fold.attempt?.line).toContain('v1.0.0')
    expect(after?.fold.attempt?.line).toContain('v2.0.0')
  })

  it('says what the run does not name', async () => {
    const run = await openProbedRun({
      lines: [line(`${named('BASE_URL')}/${named('RUN_DIGEST')} expect status == 200`)],
      target: address,
    })
    await probe(run)
    const [row] = await rowsOf(run)
    expect(row?.fold.attempt).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('There is no artifact digest to fill in for RUN_DIGEST'),
    })
  })
})
