import type { Page } from '@playwright/test'
import { axeFaults } from '#tests/support/axe.ts'
import { expectItem } from '#tests/support/board-page.ts'
import { type MailServer, startMailServer } from '#tests/support/mail-server.ts'
import { makeSceneAt, openRunAt, type RunAt } from '#tests/support/run-at.ts'
import { test as base, expect } from '#tests/support/scene-test.ts'
import { startServer } from '#tests/support/server.ts'

type Mails = { mails: MailServer }

/** The app of this file sends its mail to a server of its own. */
const test = base.extend<object, Mails>({
  mails: [
    async ({ browserName: _browser }, provide) => {
      const mails = await startMailServer()
      await provide(mails)
      await mails.close()
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ database, mails }, provide) => {
      const env = { SMTP_URL: mails.url, MAIL_FROM: 'Countersign <alerts@example.com>' }
      const app = await startServer({ databaseUrl: database.url, env })
      await provide(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

const ITEM = 'On-call team notified'
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

function checklist(notice: string): string {
  return `# Notices

## Pre-Deployment

- [ ] ${ITEM} <!-- notice: ${notice} -->
- [ ] Tests pass

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
`
}

const openRun = async (notice: string): Promise<RunAt> =>
  openRunAt(await makeSceneAt({ source: checklist(notice) }))

/** What is wrong with the page at the width of a phone, in both themes. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = []
  await page.setViewportSize({ width: 360, height: 780 })
  if ((await page.evaluate(() => document.documentElement.scrollWidth)) > 360)
    faults.push('wider than 360 px')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    faults.push(...(await axeFaults(page, { tags: TAGS })))
  }
  return faults
}

test('a notice is sent from the item, arrives as a mail, and ticks the open board when its link is pressed', async ({
  enter,
  browser,
  app,
  mails,
}) => {
  const run = await openRun('mail on-call@example.com')
  const ana = await enter(run.ana)
  await ana.goto(run.board)
  await ana.getByRole('button', { name: `Send notice: ${ITEM}` }).click()
  const dialog = ana.getByRole('dialog', { name: 'Send notice' })
  await dialog.getByRole('textbox', { name: 'Message' }).fill('We go live at nine.')
  const sent = dialog.getByRole('region', { name: 'What is sent' })
  await expect(sent).toContainText('We go live at nine.')
  await expect(sent).toContainText('Release: v1.0.0, commit 8f3c2d1')
  expect(await faultsOf(ana)).toEqual([])
  await ana.setViewportSize({ width: 1280, height: 900 })
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(
    ana.getByText(/on-call@example\.com: notice sent at .*, waits for acknowledgement/),
  ).toBeVisible()
  expect(await faultsOf(ana)).toEqual([])
  await ana.setViewportSize({ width: 1280, height: 900 })

  const [mail] = mails.mails
  expect(mail?.to).toEqual(['on-call@example.com'])
  expect(mail?.body).toContain('We go live at nine.')
  const link = new URL(/https?:\S+\/ack\/\S+/.exec(mail?.body ?? '')?.[0] ?? '')

  const context = await browser.newContext({
    viewport: { width: 360, height: 780 },
    hasTouch: true,
    isMobile: true,
  })
  const kim = await context.newPage()
  // A scanner opens the link before anybody reads the mail.
  const scanned = await context.request.get(app.url + link.pathname)
  expect(scanned.status()).toBe(200)
  const headers = scanned.headers()
  expect(headers['content-security-policy']).toContain('script-src')
  expect(headers['x-frame-options'] ?? headers['content-security-policy']).toMatch(
    /DENY|frame-ancestors 'none'/,
  )
  expect(headers['cache-control']).toContain('no-store')
  await expect(ana.getByText(/waits for acknowledgement/)).toBeVisible()

  await kim.goto(app.url + link.pathname)
  await expect(kim.getByRole('heading', { name: 'Do you know of this deployment?' })).toBeVisible()
  await expect(kim.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer')
  await expect(kim.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
  expect(await faultsOf(kim)).toEqual([])
  const button = kim.getByRole('button', { name: 'I acknowledge' })
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(40)
  await button.tap()
  await expect(kim.getByText('Type your name: the record says who acknowledged.').first()).toBeVisible()
  await kim.getByRole('textbox', { name: 'Your name' }).fill('Kim Park')
  await button.tap()
  await expect(kim.getByText('Thank you, Kim Park. It is recorded.')).toBeVisible()

  await expectItem(ana, ITEM, 'passed, claimed')
  await expect(
    ana.getByText(/^Acknowledged by Kim Park .* by the link sent to on-call@example\.com/),
  ).toBeVisible()

  await kim.reload()
  await expect(kim.getByText(/^Kim Park acknowledged this on/)).toBeVisible()
  expect(await faultsOf(kim)).toEqual([])
  await context.close()
})

test('what cannot be delivered says so in the server’s words, and is sent again from the board', async ({
  enter,
  mails,
}) => {
  mails.refuse.set('gone@example.com', { code: 550, words: 'no such mailbox' })
  const run = await openRun('mail gone@example.com')
  const ana = await enter(run.ana)
  await ana.goto(run.board)
  await ana.getByRole('button', { name: `Send notice: ${ITEM}` }).click()
  await ana.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click()
  await expect(
    ana.getByText(/notice not sent, the mail server refused the address: 550 no such mailbox/),
  ).toBeVisible()
  mails.refuse.clear()
  await ana.getByRole('button', { name: `Send again: ${ITEM}` }).click()
  await expect(ana.getByText(/reminder 1 sent at .*, waits for acknowledgement/)).toBeVisible()
})

test('with nobody who can be told, the dialog says why and what works', async ({ enter }) => {
  const run = await openRun('webhook $' + '{ONCALL_WEBHOOK}')
  const ana = await enter(run.ana)
  await ana.goto(run.board)
  await ana.getByRole('button', { name: `Send notice: ${ITEM}` }).click()
  const dialog = ana.getByRole('dialog', { name: 'Send notice' })
  await expect(dialog.getByText('ONCALL_WEBHOOK is not set in production.')).toBeVisible()
  await expect(dialog.getByText(/tick the item with a note/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
})

test('the signing secret of an environment’s webhooks is shown once', async ({ enter }) => {
  const run = await openRun('mail a@example.com')
  const owner = await enter(run.team.owner)
  await owner.goto(`/${run.team.slug}/services/${run.service}`)
  await owner.getByRole('button', { name: 'Make a signing secret: Production' }).click()
  await owner.getByRole('dialog').getByRole('button', { name: 'Make the secret' }).click()
  await expect(owner.getByText(/^whsec_[\w+/]{43}=$/)).toBeVisible()
  expect(await faultsOf(owner)).toEqual([])
  await owner.getByRole('button', { name: 'Done' }).click()
  await expect(owner.getByText(/^whsec_/)).toBeHidden()
})
