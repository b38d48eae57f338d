import { expectItem, tick } from '#tests/support/board-page.ts'
import { createTestDatabase } from '#tests/support/database.ts'
import { sessionCookie } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { test as base, expect } from '#tests/support/scene-test.ts'
import { freePort, startServer, type TestServer } from '#tests/support/server.ts'

type Line = Record<string, unknown> & { requestId?: string; msg?: string; level?: string }

const UUID = /^[0-9a-f-]{36}$/

/** A server that says everything. */
const test = base.extend<object, { loud: TestServer }>({
  loud: [
    async ({ database }, provide) => {
      const server = await startServer({ databaseUrl: database.url, env: { LOG_LEVEL: 'debug' } })
      await provide(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

const linesOf = (server: TestServer): Line[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line))

/** The one line about a request that the server leaves when it is over. */
async function lineOf(server: TestServer, requestId: string | null): Promise<Line> {
  const found = () => linesOf(server).filter((line) => line.requestId === requestId && line.msg === 'request')
  await expect.poll(() => found().length).toBe(1)
  return found()[0] as Line
}

async function ask(server: TestServer, path: string, options: RequestInit = {}) {
  const answer = await fetch(server.url + path, { redirect: 'manual', ...options })
  const text = await answer.text()
  return { status: answer.status, id: answer.headers.get('x-request-id'), text }
}

test('a request leaves one line under the id that its answer carries', async ({ loud }) => {
  const page = await ask(loud, '/sign-in?return=%2Fhidden-place')
  expect(page.id).toMatch(UUID)
  const line = await lineOf(loud, page.id)
  expect(line).toMatchObject({ level: 'info', method: 'GET', route: '/sign-in', kind: 'page', status: 200 })
  expect(line.ms).toBeGreaterThan(0)
  expect(line).not.toHaveProperty('userId')

  const given = await ask(loud, '/sign-in', { headers: { 'x-request-id': 'proxy-4711.abc' } })
  expect(given.id).toBe('proxy-4711.abc')
  await lineOf(loud, 'proxy-4711.abc')
  for (const bad of ['short', 'with space inside', `long-${'x'.repeat(200)}`, 'quote"and{brace}'])
    expect((await ask(loud, '/sign-in', { headers: { 'x-request-id': bad } })).id).toMatch(UUID)

  const health = await ask(loud, '/health')
  expect((await lineOf(loud, health.id)).level).toBe('debug')
})

test('what is secret in an address is in no line', async ({ loud }) => {
  const { id } = await ask(loud, '/invite/sEcReT-invitation?also=hIdDeN')
  expect(await lineOf(loud, id)).toMatchObject({ route: '/invite/[token]' })
  const lost = await ask(loud, '/a/b/c/sEcReT-elsewhere/d/e/f')
  expect(await lineOf(loud, lost.id)).toMatchObject({ route: 'unmatched', status: 404 })
  expect(loud.output()).not.toMatch(/sEcReT|hIdDeN|hidden-place/)
})

test('401, 403 and 404 carry the id in their header, their problem and their line', async ({ loud }) => {
  const run = await openRunAt(await makeSceneAt())
  const cookie = await sessionCookie(run.ana)
  const foreign = { method: 'POST', headers: { cookie, origin: 'https://evil.example' } }
  const asked = [
    { status: 401, answer: await ask(loud, '/api/session') },
    { status: 401, answer: await ask(loud, '/api/v1/gate?service=web&environment=production') },
    { status: 403, answer: await ask(loud, '/api/session/touch', foreign) },
    { status: 404, answer: await ask(loud, '/api/auth/session') },
  ]
  for (const { status, answer } of asked) {
    expect(answer.status).toBe(status)
    expect(answer.id).toMatch(UUID)
    expect(JSON.parse(answer.text)).toMatchObject({ status, requestId: answer.id })
    expect(await lineOf(loud, answer.id)).toMatchObject({ status })
  }
  const nul = await ask(loud, '/api/%00')
  expect(nul.status).toBe(404)
  expect(await lineOf(loud, nul.id)).toMatchObject({ status: 404 })
})

test('a surprise is 500 with the id, which finds the cause in the log', async () => {
  const gone = await createTestDatabase()
  const dead = new URL(gone.url)
  dead.port = String(await freePort())
  await gone.drop()
  const server = await startServer({ databaseUrl: dead.href, worker: false })
  try {
    const run = await openRunAt(await makeSceneAt())
    const cookie = await sessionCookie(run.ana)
    const { status, id, text } = await ask(server, '/api/session', { headers: { cookie } })
    expect(status).toBe(500)
    expect(JSON.parse(text)).toMatchObject({ code: 'surprise', requestId: id })
    const line = await lineOf(server, id)
    expect(line).toMatchObject({ level: 'warn', status: 500, route: '/api/session' })
    const cause = linesOf(server).find((one) => one.requestId === id && one.msg === 'route failed')
    expect(cause).toMatchObject({ level: 'error', err: { stack: expect.any(String) } })

    const page = await ask(server, '/me', { headers: { cookie } })
    expect(page.status).toBe(500)
    await lineOf(server, page.id)
    expect(
      linesOf(server).find((one) => one.requestId === page.id && one.msg === 'page failed'),
    ).toMatchObject({ level: 'error', route: '/me', err: { digest: expect.any(String) } })
  } finally {
    await server.stop()
  }
})

test('an action is logged with its command, who sent it and why it was refused', async ({ loud, enter }) => {
  const run = await openRunAt(await makeSceneAt())
  const page = await enter(run.ana, { at: loud })
  await page.goto(run.board)
  const posted = () =>
    page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith(run.board))
  const ticked = posted()
  await tick(page, 'Branch is merged')
  await expectItem(page, 'Branch is merged', 'passed, claimed')
  const id = (await ticked).headers()['x-request-id'] ?? ''
  expect(await lineOf(loud, id)).toMatchObject({
    kind: 'action',
    route: '/[team]/runs/[service]/[number]',
    command: 'run.tickItem',
    userId: run.ana.userId,
    status: 200,
  })
  const { db } = await import('#lib/server/db.ts')
  const logged = await db().$queryRaw<{ action: string }[]>`
    SELECT canonical::jsonb ->> 'action' AS action FROM audit_event WHERE canonical::jsonb ->> 'request' = ${id}`
  expect(logged).toEqual([{ action: 'run.item_ticked' }])

  await page.goto(`${run.board}/sign/developer`)
  const refused = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/sign'),
  )
  await page.getByLabel('Your password').fill('not my password at all')
  await page.getByRole('button', { name: /^Sign / }).click()
  const line = await lineOf(loud, (await refused).headers()['x-request-id'] ?? '')
  expect(line).toMatchObject({ route: '/api/runs/[run]/sign', command: 'run.sign', userId: run.ana.userId })
  expect(line.refusal).toEqual(expect.any(String))
  expect(loud.output()).not.toContain('not my password')
})
