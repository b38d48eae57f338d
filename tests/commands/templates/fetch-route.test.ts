import { beforeAll, describe, expect, it, vi } from 'vitest'
import { POST } from '#app/api/templates/fetch/route.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import { addMember, lastLine, makeTeam, type Person, type TestTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

const cookie = vi.hoisted(() => ({ sid: null as string | null }))
vi.mock('#lib/auth/principal.ts', async (original) => ({
  ...(await original<typeof import('#lib/auth/principal.ts')>()),
  readSessionId: async () => cookie.sid,
}))

useTestDatabase()

let team: TestTeam

/** Gives the person a session whose secret is known here. */
async function signInAs(person: Person, sid: string): Promise<void> {
  await db().session.updateMany({ where: { userId: person.userId }, data: { idHash: secretHash(sid) } })
}

async function ask(url: string, slug = team.slug) {
  const request = new Request('http://localhost:3000/api/templates/fetch', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', host: 'localhost:3000' },
    body: JSON.stringify({ team: slug, url }),
  })
  const answer = await POST(request, { params: Promise.resolve({}) })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() }
}

beforeAll(async () => {
  team = await makeTeam()
  await signInAs(await addMember(team, { name: 'Mia' }), 'mia')
  await signInAs(await addMember(team, { name: 'Max', accountRole: 'auditor' }), 'max')
})

describe('POST /api/templates/fetch', () => {
  it('answers a team that no slug can be as one that is not there', async () => {
    cookie.sid = 'mia'
    expect(await ask('https://intranet.example.com/', 'a\u0000b')).toMatchObject({ status: 404 })
  })

  it('keeps everybody from hosts that are not allowed, and the log names the host and nothing else of the address', async () => {
    cookie.sid = 'mia'
    expect(await ask('https://intranet.example.com/wiki/secret-path?key=1')).toMatchObject({
      status: 422,
      type: 'application/problem+json',
      body: { code: 'not_fetched', errors: { url: expect.stringContaining('IMPORT_HOSTS') } },
    })
    const line = await lastLine(team.streamId)
    expect(line).toMatchObject({
      action: 'template.fetch_blocked',
      actor: { name: 'Mia' },
      data: { host: 'intranet.example.com' },
    })
    expect(JSON.stringify(line)).not.toContain('secret-path')
    expect((await ask('https://169.254.169.254/latest/')).body.errors.url).toContain('never fetched')
  })

  it('says what is wrong with an address before anything goes out', async () => {
    cookie.sid = 'mia'
    expect((await ask('http://github.com/a/b/blob/main/x.md')).body.errors.url).toBe(
      'Only https:// addresses are fetched.',
    )
    expect((await ask('DEPLOYMENT.md')).body.errors.url).toContain('https://')
  })

  it('is for who may publish in the team', async () => {
    cookie.sid = 'max'
    expect(await ask('https://github.com/a/b/blob/main/x.md')).toMatchObject({ status: 403 })
    cookie.sid = 'mia'
    expect(await ask('https://github.com/a', (await makeTeam()).slug)).toMatchObject({ status: 404 })
    cookie.sid = null
    expect(await ask('https://github.com/a')).toMatchObject({ status: 401 })
  })
})
