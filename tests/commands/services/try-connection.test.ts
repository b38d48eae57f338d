import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST } from '#app/api/services/try/route.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { setSecret } from '#lib/services/commands/set-secret.ts'
import { act, addMember, done, lastLine, makeTeam, type TestTeam } from '#tests/commands/teams/people.ts'
import { sessionCookie } from '#tests/support/people-at.ts'
import { postFromPage } from '#tests/support/post-from-page.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

let team: TestTeam
let ada: string
let mia: string
/** The cookie of whose page asks. */
let who: string | null
let target: Server
let asked: string[]
let port: number

function attempt(name: string, more: { of?: string; environment?: string; team?: string } = {}) {
  const words = { team: team.slug, service: 'web', environment: 'production', of: 'variable', name, ...more }
  return postFromPage(POST, { path: '/api/services/try', cookie: who, words })
}

beforeAll(async () => {
  team = await makeTeam()
  asked = []
  target = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(503).end('down for repairs')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => target.once('listening', resolve))
  port = (target.address() as AddressInfo).port
  const admin = await addMember(team, { name: 'Ada', accountRole: 'admin' })
  const place = { team: team.slug, service: 'web', environment: 'production' }
  await done(act(createService, admin.principal, { team: team.slug, name: 'Web' }))
  await done(
    act(changeEnvironment, admin.principal, {
      ...place,
      variables: `BASE_URL=http://127.0.0.1:${port}/\nELSEWHERE=http://app.example.com/\nCLOSED=127.0.0.1:1\nOTHER_KIND=http://127.0.0.1:2/`,
      allowList: `127.0.0.1:${port}\n127.0.0.1:1\n127.0.0.1:2 for postgres`,
      version: 1,
    }),
  )
  for (const [name, secret] of [
    ['HIDDEN_URL', `http://127.0.0.1:${port}/open-sesame-42`],
    ['OTHER_URL', 'no address at all'],
  ] as const)
    await done(act(setSecret, admin.principal, { ...place, name, secret, version: 0 }))
  ada = await sessionCookie(admin)
  mia = await sessionCookie(await addMember(team, { name: 'Mia' }))
})
afterAll(() => {
  target.close()
})

describe('trying whether an address can be reached', () => {
  it('says what answered, an error page too, and writes who asked', async () => {
    who = ada
    const { status, body } = await attempt('BASE_URL')
    expect(status).toBe(200)
    expect(body).toEqual({
      outcome: 'pass',
      words: expect.stringMatching(/^answers 503 in [\d.]+ ms$/),
      allow: null,
    })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.connection_tried',
      actor: { name: 'Ada' },
      data: { service: 'web', slug: 'production', of: 'variable', name: 'BASE_URL' },
    })
  })

  it('opens a secret for it and gives nothing of it back', async () => {
    who = ada
    asked = []
    const { body } = await attempt('HIDDEN_URL')
    expect(asked).toEqual(['/open-sesame-42'])
    expect(body).toMatchObject({ outcome: 'pass' })
    expect(JSON.stringify(body)).not.toContain('sesame')
    expect((await attempt('OTHER_URL')).body).toEqual({
      outcome: 'skipped',
      words: 'holds no address',
      allow: null,
    })
  })

  it('goes nowhere that the list does not allow, and names the line that it lacks', async () => {
    who = ada
    const { body } = await attempt('ELSEWHERE')
    expect(body).toEqual({
      outcome: 'blocked',
      words: 'not on the allow-list: add app.example.com:80',
      allow: 'app.example.com:80',
    })
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'service.look_blocked',
      actor: { name: 'Ada' },
      data: { target: 'app.example.com:80', why: expect.stringContaining('app.example.com:80') },
    })
    const other = await attempt('OTHER_KIND')
    expect(other.body).toEqual({
      outcome: 'blocked',
      words: expect.stringContaining('for postgres and not for'),
      allow: null,
    })
  })

  it('tries an entry by itself; what only a variable can tell it leaves to the variable', async () => {
    who = ada
    const entry = { of: 'entry' }
    expect((await attempt(`127.0.0.1:${port}`, entry)).body).toMatchObject({
      outcome: 'pass',
      words: expect.stringContaining('takes a connection in'),
    })
    expect((await attempt('127.0.0.1:1', entry)).body).toMatchObject({ outcome: 'fail', allow: null })
    expect((await attempt('CLOSED')).body).toMatchObject({ outcome: 'fail', allow: null })
    expect((await attempt('127.0.0.1:2 for postgres', entry)).body).toMatchObject({ outcome: 'skipped' })
  })

  it('is refused: what is not saved, another environment or team, whoever may not change it', async () => {
    who = ada
    asked = []
    expect((await attempt('GONE')).status).toBe(400)
    expect((await attempt('127.0.0.1:9', { of: 'entry' })).status).toBe(400)
    expect((await attempt('BASE_URL', { of: 'thing' })).status).toBe(400)
    expect((await attempt('BASE_URL', { environment: 'moon' })).status).toBe(404)
    expect((await attempt('BASE_URL', { team: 'others' })).status).toBe(404)
    who = mia
    expect((await attempt('BASE_URL')).status).toBe(403)
    who = null
    expect((await attempt('BASE_URL')).status).toBe(401)
    expect(asked).toEqual([])
  })
})
