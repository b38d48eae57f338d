import type { Page } from '@playwright/test'
import { createTestDatabase } from '#tests/support/database.ts'
import { test as base, expect } from '#tests/support/e2e.ts'
import { SETUP_CODE, startServer, type TestServer } from '#tests/support/server.ts'

const OWNER = { name: 'Olga Owner', email: 'olga@example.org', password: 'wandering otter quilt' }

/** A server that signs out after half a minute and warns at the half of it: the real clock, only shorter. */
const test = base.extend<object, { hasty: TestServer & { team: string } }>({
  hasty: [
    async ({ database }, provide) => {
      const env = { IDLE_SECONDS: '30', IDLE_WARN_SECONDS: '15' }
      const server = await startServer({ databaseUrl: database.url, worker: false, env })
      const answer = await fetch(`${server.url}/api/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ code: SETUP_CODE, team: 'Idle Team', sample: false, ...OWNER }),
      })
      const { team } = (await answer.json()) as { team: string }
      await provide({ ...server, team })
      await server.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const warning = (page: Page) => page.getByRole('dialog', { name: 'Are you still there?' })

test.setTimeout(120_000)

test('idle: warned, signed out in every tab, back at the same place with the draft', async ({
  hasty,
  context,
}) => {
  const page = await context.newPage()
  const form = `${hasty.url}/${hasty.team}/templates/import`
  await page.goto(form)
  await signIn(page)
  await page.waitForURL(form)
  const kept = page.waitForResponse(
    (answer) => answer.url().includes('/api/drafts/') && answer.request().method() === 'PUT',
  )
  await page.getByRole('textbox', { name: /Markdown/ }).fill('# Half a checklist\n\n- [ ] first thing')
  expect((await kept).status()).toBe(204)
  const other = await context.newPage()
  await other.goto(`${hasty.url}/me`)

  await expect(warning(page)).toBeVisible({ timeout: 40_000 })
  await expect(warning(page).getByRole('button', { name: 'Stay signed in' })).toBeFocused()
  await page.waitForURL('**/sign-in?**', { timeout: 40_000 })
  await other.waitForURL('**/sign-in?**')
  await expect(
    page.getByText('You were signed out after 30 seconds without activity. Your drafts are kept.'),
  ).toBeVisible()
  expect(await page.evaluate(async () => (await fetch('/api/session')).status)).toBe(401)

  await signIn(page)
  await page.waitForURL(form)
  await expect(page.getByRole('textbox', { name: /Markdown/ })).toHaveValue(
    '# Half a checklist\n\n- [ ] first thing',
  )
})

/** Waits until the server has kept what is typed next. */
async function typed(page: Page, label: string, text: string): Promise<void> {
  const kept = page.waitForResponse(
    (answer) => answer.url().includes('/api/drafts/') && answer.request().method() === 'PUT',
  )
  await page.getByLabel(label).fill(text)
  expect((await kept).status()).toBe(204)
}

test('idle: the forms of one line keep what was typed, until it is sent', async ({ hasty, context }) => {
  const page = await context.newPage()
  await page.goto(`${hasty.url}/${hasty.team}/services`)
  await signIn(page)
  await page.getByLabel('Name of the service').fill('web')
  await page.getByRole('button', { name: 'Create service' }).click()
  await page.waitForURL('**/services/web')
  const service = page.url()
  await typed(page, 'Another environment', 'canary in the east')
  await page.getByRole('button', { name: 'Make a pipeline token' }).click()
  await typed(page, 'Name', 'deploy pipeline of the east')
  await page.getByLabel('Works for').selectOption('30')

  const members = await context.newPage()
  await members.goto(`${hasty.url}/${hasty.team}/members`)
  await typed(members, 'A role of your own', 'Data Protection')
  const services = await context.newPage()
  await services.goto(`${hasty.url}/${hasty.team}/services`)
  await typed(services, 'Name of the service', 'half a serv')

  await page.waitForURL('**/sign-in?**', { timeout: 60_000 })
  await signIn(page)
  await page.waitForURL(service)
  await expect(page.getByLabel('Another environment')).toHaveValue('canary in the east')
  await page.getByRole('button', { name: 'Make a pipeline token' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('deploy pipeline of the east')
  await expect(page.getByLabel('Works for')).toHaveValue('30')
  await members.goto(`${hasty.url}/${hasty.team}/members`)
  await expect(members.getByLabel('A role of your own')).toHaveValue('Data Protection')
  await services.goto(`${hasty.url}/${hasty.team}/services`)
  await expect(services.getByLabel('Name of the service')).toHaveValue('half a serv')

  const forgotten = members.waitForResponse(
    (answer) => answer.url().includes('/api/drafts/') && answer.request().method() === 'DELETE',
  )
  await members.getByRole('button', { name: 'Add role' }).click()
  expect((await forgotten).status()).toBe(204)
  await members.reload()
  await expect(members.getByLabel('A role of your own')).toHaveValue('')
})

test('the first visit keeps what was typed across a reload, and no secret', async ({ context }) => {
  const fresh = await createTestDatabase()
  const server = await startServer({ databaseUrl: fresh.url, worker: false })
  try {
    const page = await context.newPage()
    await page.goto(`${server.url}/setup`)
    await page.getByLabel('Set-up code').fill('KEEP-NOT1')
    await page.getByLabel('Team', { exact: true }).fill('Acme Health')
    await page.getByLabel('Your name').fill('Ana Ruiz')
    await page.getByLabel('E-mail').fill('ana@example.org')
    await page.getByLabel('Password', { exact: true }).fill('never kept anywhere')
    await page.reload()
    await expect(page.getByLabel('Team', { exact: true })).toHaveValue('Acme Health')
    await expect(page.getByLabel('Your name')).toHaveValue('Ana Ruiz')
    await expect(page.getByLabel('E-mail')).toHaveValue('ana@example.org')
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))
    expect(kept).not.toMatch(/KEEP-NOT1|never kept/)
  } finally {
    await server.stop()
    await fresh.drop()
  }
})

test('idle: staying is one key, and input in one tab keeps the others', async ({ hasty, context }) => {
  const page = await context.newPage()
  await page.goto(`${hasty.url}/me`)
  await signIn(page)
  await page.waitForURL('**/me')
  await expect(warning(page)).toBeVisible({ timeout: 40_000 })
  const touched = page.waitForResponse('**/api/session/touch')
  await page.keyboard.press('Enter')
  expect((await touched).status()).toBe(200)
  await expect(warning(page)).toBeHidden()

  const other = await context.newPage()
  await other.goto(`${hasty.url}/me`)
  await expect(warning(page)).toBeVisible({ timeout: 40_000 })
  await warning(other).getByRole('button', { name: 'Stay signed in' }).click()
  await expect(warning(page)).toBeHidden()
})

test('signing out ends the session in every tab at once', async ({ hasty, context }) => {
  const page = await context.newPage()
  await page.goto(`${hasty.url}/me`)
  await signIn(page)
  await page.waitForURL('**/me')
  const other = await context.newPage()
  await other.goto(`${hasty.url}/me`)
  await other.getByRole('heading', { name: 'Your account' }).waitFor()
  const cookies = await context.cookies()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await other.waitForURL('**/sign-in?**')
  // The cookie of before, put back by somebody who stole it, opens nothing.
  await context.addCookies(cookies)
  await page.goto(`${hasty.url}/me`)
  await expect(page).toHaveURL(/sign-in/)
})
