import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axeFaults } from '#tests/support/axe.ts'
import { box, expectItem } from '#tests/support/board-page.ts'
import { principalOf } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt, type RunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

const CHECKLIST = `# With evidence

## Pre-Deployment
- [ ] Unit tests pass <!-- probe: report tests "unit" expect failed == 0, tests >= 2 -->
- [ ] Backup done <!-- probe: heartbeat "backup" expect age < 24h -->
- [ ] Pages look right

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
`
const JUNIT = `<testsuite tests="2"><testcase classname="a" name="one"/><testcase classname="a" name="two"/></testsuite>`

const openedRun = async () => openRunAt(await makeSceneAt({ source: CHECKLIST }))

async function tokenFor({ team, service }: RunAt): Promise<string> {
  const { runCommand } = await import('#lib/door/run-command.ts')
  const { makeGateToken } = await import('#lib/services/commands/make-gate-token.ts')
  const input = { team: team.slug, service, environment: null, scopes: ['evidence'], name: 'CI', days: 30 }
  const made = await runCommand(makeGateToken, { principal: await principalOf(team.owner), input })
  if (!made.ok) throw new Error(made.refusal.message)
  return made.value.value.token
}

/** Opens everything recorded at an item, by its key. */
async function openPanel(page: Page, name: string) {
  const panel = page.getByRole('dialog', { name })
  await box(page, name).focus()
  await page.keyboard.press('e')
  await expect(panel).toBeVisible()
  return panel
}

async function axeFindsNothing(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([])
}

test('an item says how to push what it waits for, and passes when it comes', async ({ enter, app }) => {
  const run = await openedRun()
  const ana = await enter(run.ana)
  await ana.goto(run.board)
  const panel = await openPanel(ana, 'Unit tests pass')
  await expect(panel.getByText('Waits for a report of tests named “unit” from CI')).toBeVisible()
  const line = panel.getByRole('region', { name: 'With curl' })
  await expect(line).toContainText(`/api/v1/reports?service=${run.service}&environment=production&name=unit`)
  await expect(panel.getByRole('region', { name: 'With the command line' })).toContainText('--name unit')
  await axeFindsNothing(ana)
  await ana.keyboard.press('Escape')

  const headers = { authorization: `Bearer ${await tokenFor(run)}` }
  const place = `service=${run.service}&environment=production`
  const failing = `<testsuite><testcase classname="a" name="one"><failure message="no"/></testcase></testsuite>`
  await fetch(`${app.url}/api/v1/reports?${place}&commit=8f3c2d1&name=unit`, {
    method: 'PUT',
    headers,
    body: failing,
  })
  await expectItem(ana, 'Unit tests pass', /^failed/)
  const again = await openPanel(ana, 'Unit tests pass')
  await again.getByText('How to push it again').click()
  await expect(again.getByRole('region', { name: 'With curl' })).toContainText('name=unit')
  await axeFindsNothing(ana)
  await ana.keyboard.press('Escape')

  const pushed = await fetch(`${app.url}/api/v1/reports?${place}&commit=8f3c2d1&name=unit`, {
    method: 'PUT',
    headers,
    body: JUNIT,
  })
  expect([pushed.status, await pushed.json()]).toMatchObject([201, { created: true, format: 'junit' }])
  await expectItem(ana, 'Unit tests pass', /^passed, observed/)
  const beat = await fetch(`${app.url}/api/v1/heartbeats/backup?${place}`, { method: 'POST', headers })
  expect(beat.status).toBe(201)
  await expectItem(ana, 'Backup done', /^passed, observed/)
})

test('a file is attached, seen by everybody, saved and taken away', async ({ enter }) => {
  const run = await openedRun()
  const [ana, bo] = [await enter(run.ana), await enter(run.bo)]
  await Promise.all([ana.goto(run.board), bo.goto(run.board)])
  const panel = await openPanel(ana, 'Pages look right')
  await panel.getByText('Attach a file or a link', { exact: true }).click()
  await panel.getByLabel('What it shows').fill('The start page on a phone.')
  const content = Buffer.from('<script>alert(1)</script>')
  const file = { name: 'page.html', mimeType: 'text/html', buffer: content }
  await panel.getByLabel('File', { exact: true }).setInputFiles(file)
  const saved = panel.getByRole('link', { name: 'page.html' })
  await expect(saved).toBeVisible()
  await expect(panel.getByText('25 bytes, text/plain')).toBeVisible()
  await axeFindsNothing(ana)

  const seen = bo.getByRole('link', { name: 'page.html' })
  await expect(seen).toBeVisible()
  const answer = await bo.request.get((await seen.getAttribute('href')) ?? '')
  expect(answer.headers()).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringContaining('attachment; filename="page.html"'),
    'content-security-policy': expect.stringMatching(/^default-src 'none';.*; sandbox$/),
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringContaining('private'),
  })
  const [download] = await Promise.all([bo.waitForEvent('download'), seen.click()])
  expect(download.suggestedFilename()).toBe('page.html')
  const bytes = await readFile(await download.path())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    createHash('sha256').update(content).digest('hex'),
  )

  await panel.getByLabel('or a link').fill('https://ci.example.com/builds/1')
  await panel.getByRole('button', { name: 'Attach the link' }).click()
  await expect(bo.getByRole('link', { name: 'https://ci.example.com/builds/1' })).toBeVisible()

  await panel.getByRole('button', { name: 'Take away: page.html' }).click()
  await panel.getByLabel('Why it is taken away').fill('It is of another build.')
  await panel.getByRole('button', { name: 'Take it away' }).click()
  await expect(panel.getByText('It is of another build.').first()).toBeVisible()
  await expect(seen).toBeHidden()
})

test('the menu of an item opens the form for a file at the first press', async ({ enter }) => {
  const run = await openedRun()
  const ana = await enter(run.ana)
  // Slow to come, as on a bad line: the menu is closed long before what it opens is there.
  await ana.route('**/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    await route.continue()
  })
  await ana.goto(run.board)
  await ana.getByRole('button', { name: 'More for Pages look right' }).click()
  await ana.getByRole('menuitem', { name: /^Attach a file or link/ }).click()
  await expect(
    ana.getByRole('dialog', { name: 'Pages look right' }).getByLabel('What it shows'),
  ).toBeVisible()
})

test('on a slow line what is asked for says that it comes, and does not come once it is called off', async ({
  enter,
}) => {
  const run = await openedRun()
  const ana = await enter(run.ana)
  let isSlow = false
  await ana.route('**/*.js', async (route) => {
    if (isSlow) await new Promise((resolve) => setTimeout(resolve, 2_000))
    await route.continue()
  })
  await ana.goto(run.board)
  await expect(box(ana, 'Pages look right')).toBeEnabled()
  isSlow = true
  await box(ana, 'Pages look right').focus()
  const fetched = ana.waitForResponse((answer) => answer.url().endsWith('.js'))
  await ana.keyboard.press('?')
  const note = ana.getByRole('status').filter({ hasText: 'Opening…' })
  await expect(note).toBeVisible()
  await axeFindsNothing(ana)
  await ana.keyboard.press('Escape')
  await expect(note).toBeHidden()
  await fetched
  await expect(ana.getByRole('dialog')).toHaveCount(0)
  await ana.keyboard.press('?')
  await expect(ana.getByRole('dialog')).toBeVisible()
})

test('an upload can be cancelled, and what is too large is refused before it is sent', async ({ enter }) => {
  const run = await openedRun()
  const ana = await enter(run.ana)
  await ana.goto(run.board)
  const panel = await openPanel(ana, 'Pages look right')
  await panel.getByText('Attach a file or a link', { exact: true }).click()
  const input = panel.getByLabel('File', { exact: true })
  // Never answered: what is sent hangs until it is cancelled.
  await ana.route('**/files?*', () => undefined)
  await input.setInputFiles({
    name: 'slow.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(100_000),
  })
  await expect(panel.getByRole('progressbar', { name: 'Sending slow.bin' })).toBeVisible()
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(panel.getByText('slow.bin: Cancelled: nothing was attached.')).toBeVisible()
  const large = { name: 'large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(10_000_001) }
  await input.setInputFiles(large)
  await expect(
    panel.getByText(/large\.bin: This file has 10,000,001 bytes, and at most 10 MB can be attached/),
  ).toBeVisible()
})

test('a file is attached on a phone', async ({ enter }) => {
  const run = await openedRun()
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
  const ana = await enter(run.ana, { look: phone })
  await ana.goto(run.board)
  const panel = await openPanel(ana, 'Pages look right')
  await panel.getByText('Attach a file or a link', { exact: true }).tap()
  const name = `${'a-very-long-name-'.repeat(8)}.txt`
  await panel
    .getByLabel('File', { exact: true })
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('x') })
  await expect(panel.getByRole('link', { name })).toBeVisible()
  const widths = await ana.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0)
  const inside = await panel.evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth)
  expect(inside).toBe(true)
})
