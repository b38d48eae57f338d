import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST } from '#app/api/templates/try/route.ts'
import { db } from '#lib/server/db.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { tryProbe } from '#lib/templates/commands.ts'
import {
  act,
  addMember,
  codeOf,
  done,
  lastLine,
  makeTeam,
  type TestTeam,
} from '#tests/commands/teams/people.ts'
import { sessionCookie } from '#tests/support/people-at.ts'
import { postFromPage } from '#tests/support/post-from-page.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

let team: TestTeam
let mia: string
let max: string
/** The cookie of whose page asks. */
let who: string | null
let target: Server
let asked: string[]

function attempt(probe: string, more: { environment?: string; team?: string } = {}) {
  const words = { team: team.slug, service: 'web', environment: 'production', probe, ...more }
  return postFromPage(POST, { path: '/api/templates/try', cookie: who, words })
}

beforeAll(async () => {
  team = await makeTeam()
  target = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('x-frame-options', 'DENY').end('{"ok":true}')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => target.once('listening', resolve))
  const { port } = target.address() as AddressInfo
  const admin = await addMember(team, { name: 'Ada', accountRole: 'admin' })
  await done(act(createService, admin.principal, { team: team.slug, name: 'Web' }))
  await done(
    act(changeEnvironment, admin.principal, {
      team: team.slug,
      service: 'web',
      environment: 'production',
      variables: `BASE_URL=http://127.0.0.1:${port}`,
      allowList: `127.0.0.1:${port}`,
      version: 1,
    }),
  )
  await done(
    act(setSecret, admin.principal, {
      team: team.slug,
      service: 'web',
      environment: 'production',
      name: 'API_TOKEN',
      secret: 'open-sesame-42',
      version: 0,
    }),
  )
  mia = await sessionCookie(await addMember(team, { name: 'Mia' }))
  max = await sessionCookie(await addMember(team, { name: 'Max', accountRole: 'auditor' }))
})
afterAll(() => {
  target.close()
})

const PROBE = `http ${'$'}{BASE_URL}/health expect status == 200`

describe('trying a probe that is not published', () => {
  it('makes one look with the environment’s variables, judges it, offers conditions and writes who did it', async () => {
    who = mia
    asked = []
    const { status, body } = await attempt(PROBE)
    expect(status).toBe(200)
    expect(asked).toEqual(['/health'])
    expect(body).toMatchObject({
      judgement: { outcome: 'pass' },
      seen: { kind: 'http', response: { status: 200 } },
      offers: expect.arrayContaining(['header x-frame-options == DENY', 'json ok == true']),
    })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'template.probe_tried',
      actor: { name: 'Mia' },
      data: { service: 'web', slug: 'production' },
    })
    expect(await db().observation.count()).toBe(0)
  })

  it('takes one look of a probe that takes several', async () => {
    who = mia
    asked = []
    const { body } = await attempt(`${PROBE}, window 3 of 5 every 60s`)
    expect(body).toMatchObject({ judgement: { outcome: 'pass' } })
    expect(asked).toHaveLength(1)
  })

  it('opens the secrets that it names, keeps their values to itself, and knows the newest run', async () => {
    who = mia
    asked = []
    const { body } = await attempt(`http ${'$'}{BASE_URL}/${'$'}{API_TOKEN} expect status == 200`)
    expect(asked).toEqual(['/open-sesame-42'])
    expect(JSON.stringify(body)).not.toContain('open-sesame-42')
    const missing = await attempt(`http ${'$'}{BASE_URL}/${'$'}{RUN_COMMIT} expect status == 200`)
    expect(missing.body.judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('commit'),
    })
  })

  it('goes nowhere that the environment does not allow', async () => {
    who = mia
    const { body } = await attempt('http http://127.0.0.1:1/ expect status == 200')
    expect(body.judgement).toMatchObject({ outcome: 'blocked' })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.look_blocked',
      actor: { name: 'Mia' },
      data: { why: expect.stringContaining('127.0.0.1:1') },
    })
  })

  it('writes down what a part was kept from, though the whole passes', async () => {
    who = mia
    const other = 'part b http http://169.254.169.254/ expect status == 200'
    const { body } = await attempt(`composite need any part a ${PROBE} ${other}`)
    expect(body.judgement).toMatchObject({ outcome: 'pass' })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.look_blocked',
      actor: { name: 'Mia' },
      data: { target: '169.254.169.254:80', why: expect.stringContaining('169.254.169.254') },
    })
  })

  it('is refused in words: no probe, no such environment, another team, a reader', async () => {
    who = mia
    asked = []
    expect(await attempt('http')).toMatchObject({
      status: 400,
      body: { errors: { probe: expect.any(String) } },
    })
    expect((await attempt(PROBE, { environment: 'moon' })).status).toBe(404)
    expect((await attempt(PROBE, { team: 'others' })).status).toBe(404)
    who = max
    expect((await attempt(PROBE)).status).toBe(403)
    who = null
    expect((await attempt(PROBE)).status).toBe(401)
    expect(asked).toEqual([])
  })
})

it('counts every part of a composite, as each knocks at a door', async () => {
  const busy = await addMember(team, { name: 'Busy', roles: ['Developer'] })
  const part = (_: unknown, index: number) =>
    `part p${index} http $` + `{BASE_URL}/${index} expect status == 200`
  const probe = `composite need any ${Array.from({ length: 10 }, part).join(' ')}`
  const input = { team: team.slug, service: 'web', environment: 'production', probe }
  for (let count = 0; count < 6; count++) await done(act(tryProbe, busy.principal, input))
  expect(await codeOf(act(tryProbe, busy.principal, input))).toBe('too_often')
})
