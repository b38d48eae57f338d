import { beforeAll, describe, expect, it } from 'vitest'
import { POST } from '#app/api/templates/fetch/route.ts'
import { addMember, lastLine, makeTeam, type TestTeam } from '#tests/commands/teams/people.ts'
import { sessionCookie } from '#tests/support/people-at.ts'
import { postFromPage } from '#tests/support/post-from-page.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

let team: TestTeam
let mia: string
let max: string
/** The cookie of whose page asks. */
let who: string | null

function ask(url: string, slug = team.slug) {
  return postFromPage(POST, { path: '/api/templates/fetch', cookie: who, words: { team: slug, url } })
}

beforeAll(async () => {
  team = await makeTeam()
  mia = await sessionCookie(await addMember(team, { name: 'Mia' }))
  max = await sessionCookie(await addMember(team, { name: 'Max', accountRole: 'auditor' }))
})

describe('POST /api/templates/fetch', () => {
  it('answers a team that no slug can be as one that is not there', async () => {
    who = mia
    expect(await ask('https://intranet.example.com/', 'a\u0000b')).toMatchObject({ status: 404 })
  })

  it('keeps everybody from hosts that are not allowed, and the log names the host and nothing else of the address', async () => {
    who = mia
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
    who = mia
    expect((await ask('http://github.com/a/b/blob/main/x.md')).body.errors.url).toBe(
      'Only https:// addresses are fetched.',
    )
    expect((await ask('DEPLOYMENT.md')).body.errors.url).toContain('https://')
  })

  it('is for who may publish in the team', async () => {
    who = max
    expect(await ask('https://github.com/a/b/blob/main/x.md')).toMatchObject({ status: 403 })
    who = mia
    expect(await ask('https://github.com/a', (await makeTeam()).slug)).toMatchObject({ status: 404 })
    who = null
    expect(await ask('https://github.com/a')).toMatchObject({ status: 401 })
  })
})
