import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { createTestDatabase } from '#tests/support/database.ts'
import { expect, test } from '#tests/support/e2e.ts'
import { SETUP_CODE, startServer } from '#tests/support/server.ts'

test('health answers without a redirect, with and without the slash', async ({ app }) => {
  for (const path of ['/health', '/health/', '/health/db', '/health/db/']) {
    const answer = await fetch(`${app.url}${path}`, { redirect: 'manual' })
    expect([path, answer.status]).toEqual([path, 200])
    await answer.body?.cancel()
  }
})

test('two replicas serve one database', async ({ app, database }) => {
  const second = await startServer({ databaseUrl: database.url })
  expect(second.port).not.toBe(app.port)
  expect((await fetch(`${second.url}/health/db`)).status).toBe(200)
  await second.stop()
})

const NPX = ['npx', '--no', 'countersign']
const NODE = [process.execPath, 'lib/cli/countersign.mjs']

/** `npx --no countersign setup`, as the README says it, or the same program without waiting for npx. */
function setUp(
  url: string,
  words: string[],
  { password, through = NODE }: { password?: string; through?: string[] } = {},
): SpawnSyncReturns<string> {
  const [program = 'npx', ...rest] = through
  const { COUNTERSIGN_PASSWORD: _none, ...env } = process.env
  const given = ['--url', url, '--team', 'Acme Health', '--name', 'Ana Ruiz', '--email', 'ana@example.org']
  return spawnSync(program, [...rest, 'setup', ...given, ...words], {
    encoding: 'utf8',
    env: { ...env, ...(password === undefined ? {} : { COUNTERSIGN_PASSWORD: password }) },
    input: '',
  })
}

const PASSWORD = 'violet harbor drum tin'

for (const words of [[], ['--sample']]) {
  test(`countersign setup ${words.join(' ')} makes the owner and the team, once`, async ({ browser }) => {
    test.setTimeout(240_000)
    const database = await createTestDatabase()
    const server = await startServer({ databaseUrl: database.url })
    try {
      const wrong = setUp(server.url, ['--code', 'NOT-THIS1', ...words], { password: PASSWORD })
      expect([wrong.status, wrong.stdout]).toEqual([1, ''])
      expect(wrong.stderr).toMatch(/code/i)
      const short = setUp(server.url, ['--code', SETUP_CODE, ...words], { password: 'short' })
      expect(short.status).toBe(1)
      expect(short.stderr).toMatch(/ {2}password: .*12/)

      const done = setUp(server.url, ['--code', SETUP_CODE, ...words], { password: PASSWORD, through: NPX })
      expect([done.status, done.stderr]).toEqual([0, ''])
      expect(done.stdout).toContain(`The team is ready: ${server.url}/acme-health`)
      const people = [...done.stdout.matchAll(/^ {2}(\S+@\S+) {2,}(.+?) {2,}/gm)]
      expect(people.length > 0).toBe(words.includes('--sample'))

      const again = setUp(server.url, ['--code', SETUP_CODE, ...words], { password: PASSWORD })
      expect(again.status).toBe(1)

      // What it printed opens the door: the owner's own password, and with --sample that of somebody in the sample.
      const accounts = [
        ['ana@example.org', PASSWORD],
        ...people.slice(0, 1).map(([, email, word]) => [email, word]),
      ]
      for (const [email = '', password = ''] of accounts) {
        const page = await browser.newPage()
        await page.goto(`${server.url}/sign-in`)
        await page.getByLabel('E-mail').fill(email)
        await page.getByLabel('Password', { exact: true }).fill(password)
        await page.getByRole('button', { name: 'Sign in', exact: true }).click()
        await page.waitForURL((url) => url.pathname !== '/sign-in')
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await page.close()
      }
    } finally {
      await server.stop()
      await database.drop()
    }
  })
}

test('countersign setup says where it found nobody', () => {
  const nobody = setUp('http://127.0.0.1:9', ['--code', SETUP_CODE], { password: PASSWORD })
  expect(nobody.status).toBe(3)
  expect(nobody.stderr).toContain('Countersign at http://127.0.0.1:9 cannot be reached')
})
