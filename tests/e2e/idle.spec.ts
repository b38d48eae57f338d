import type { BrowserContext, Page } from '@playwright/test'
import { createTestDatabase } from '#tests/support/database.ts'
import { draftKeptAfter, editorText, goBehind } from '#tests/support/editor-page.ts'
import { type Member, PASSWORD } from '#tests/support/people-at.ts'
import { makeSceneAt, type SceneAt } from '#tests/support/run-at.ts'
import { test as base, expect } from '#tests/support/scene-test.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'

/** A server that signs out after half a minute and warns at the half of it: the real clock, only shorter. */
const test = base.extend<object, { hasty: TestServer }>({
  hasty: [
    async ({ database }, provide) => {
      const env = { IDLE_SECONDS: '30', IDLE_WARN_SECONDS: '15' }
      const server = await startServer({ databaseUrl: database.url, worker: false, env })
      await provide(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

async function signIn(page: Page, { email }: Member): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

const warning = (page: Page) => page.getByRole('dialog', { name: 'Are you still there?' })

type Stay = { hasty: TestServer; scene: SceneAt; context: BrowserContext }
/** What happens when the person has let go of mouse and keys. */
type Rest = () => Promise<void>

/** Warned, signed out in every tab, back at the same place with the draft. */
async function inEveryTab({ hasty, scene, context }: Stay): Promise<Rest> {
  const page = await context.newPage()
  const form = `${hasty.url}/${scene.team.slug}/templates/import`
  await page.goto(form)
  await signIn(page, scene.ana)
  await page.waitForURL(form)
  await draftKeptAfter(page, () =>
    page.getByRole('textbox', { name: /Markdown/ }).fill('# Half a checklist\n\n- [ ] first thing'),
  )
  const other = await context.newPage()
  await other.goto(`${hasty.url}/me`)

  return async () => {
    await expect(warning(page)).toBeVisible({ timeout: 40_000 })
    await expect(warning(page).getByRole('button', { name: 'Stay signed in' })).toBeFocused()
    await page.waitForURL('**/sign-in?**', { timeout: 40_000 })
    await other.waitForURL('**/sign-in?**')
    await expect(
      page.getByText('You were signed out after 30 seconds without activity. Your drafts are kept.'),
    ).toBeVisible()
    expect(await page.evaluate(async () => (await fetch('/api/session')).status)).toBe(401)

    await signIn(page, scene.ana)
    await page.waitForURL(form)
    await expect(page.getByRole('textbox', { name: /Markdown/ })).toHaveValue(
      '# Half a checklist\n\n- [ ] first thing',
    )
  }
}

/** Types into a field and waits until the server has kept it. */
const typed = (page: Page, label: string, text: string): Promise<void> =>
  draftKeptAfter(page, () => page.getByLabel(label).fill(text))

/** The forms of one line keep what was typed, until it is sent. */
async function formsOfOneLine({ hasty, scene, context }: Stay): Promise<Rest> {
  const { owner, slug } = scene.team
  const page = await context.newPage()
  const service = `${hasty.url}/${slug}/services/${scene.service}`
  await page.goto(service)
  await signIn(page, owner)
  await page.waitForURL(service)
  await typed(page, 'Another environment', 'canary in the east')
  await page.getByRole('button', { name: 'Make a pipeline token' }).click()
  await typed(page, 'Name', 'deploy pipeline of the east')
  await page.getByLabel('Works for').selectOption('30')

  const members = await context.newPage()
  await members.goto(`${hasty.url}/${slug}/members`)
  await typed(members, 'A role of your own', 'Data Protection')
  const services = await context.newPage()
  await services.goto(`${hasty.url}/${slug}/services`)
  await typed(services, 'Name of the service', 'half a serv')

  return async () => {
    await page.waitForURL('**/sign-in?**', { timeout: 60_000 })
    await signIn(page, owner)
    await page.waitForURL(service)
    await expect(page.getByLabel('Another environment')).toHaveValue('canary in the east')
    await page.getByRole('button', { name: 'Make a pipeline token' }).click()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('deploy pipeline of the east')
    await expect(page.getByLabel('Works for')).toHaveValue('30')
    await members.goto(`${hasty.url}/${slug}/members`)
    await expect(members.getByLabel('A role of your own')).toHaveValue('Data Protection')
    await services.goto(`${hasty.url}/${slug}/services`)
    await expect(services.getByLabel('Name of the service')).toHaveValue('half a serv')

    const forgotten = members.waitForResponse(
      (answer) => answer.url().includes('/api/drafts/') && answer.request().method() === 'DELETE',
    )
    await members.getByRole('button', { name: 'Add role' }).click()
    expect((await forgotten).status()).toBe(204)
    await members.reload()
    await expect(members.getByLabel('A role of your own')).toHaveValue('')
  }
}

/** The draft of a template survives, and can be discarded. */
async function draftOfTemplate({ hasty, scene, context }: Stay): Promise<Rest> {
  const page = await context.newPage()
  const address = `${hasty.url}/${scene.team.slug}/templates/${scene.template}/edit`
  await page.goto(address)
  await signIn(page, scene.bo)
  await page.waitForURL(address)
  await expect(editorText(page)).toBeVisible()
  await draftKeptAfter(page, async () => {
    await goBehind(page, 'Tests pass')
    await page.keyboard.type(' and half a thought')
  })
  await expect(page.getByText('Draft kept')).toBeVisible()
  return async () => {
    await page.waitForURL('**/sign-in?**', { timeout: 60_000 })
    await signIn(page, scene.bo)
    await page.waitForURL(address)
    await expect(editorText(page)).toContainText('Tests pass and half a thought')
    await expect(page.getByText('Unpublished changes since version 1')).toBeVisible()
    await page.getByRole('button', { name: 'Discard…' }).click()
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await expect(editorText(page)).not.toContainText('half a thought')
    await page.reload()
    await expect(editorText(page)).toBeVisible()
    await expect(page.getByText('As version 1')).toBeVisible()
  }
}

/** Staying is one key, and input in one tab keeps the others. */
async function staying({ hasty, scene, context }: Stay): Promise<Rest> {
  const page = await context.newPage()
  await page.goto(`${hasty.url}/me`)
  await signIn(page, scene.cy)
  await page.waitForURL('**/me')
  return async () => {
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
  }
}

test.setTimeout(120_000)

test('idle: signed out in every tab, drafts kept, templates too, and staying is one key', async ({
  hasty,
  browser,
}) => {
  test.setTimeout(240_000)
  const scene = await makeSceneAt()
  // Four people in four browsers: they begin one after the other, and then wait for the clock together.
  const waits: Promise<void>[] = []
  for (const way of [inEveryTab, formsOfOneLine, draftOfTemplate, staying]) {
    const context = await browser.newContext()
    const rest = await test.step(way.name, () => way({ hasty, scene, context }))
    waits.push(rest().then(() => context.close()))
  }
  await Promise.all(waits)
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

test('signing out ends the session in every tab at once', async ({ hasty, context }) => {
  const { ana } = await makeSceneAt()
  const page = await context.newPage()
  await page.goto(`${hasty.url}/me`)
  await signIn(page, ana)
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
