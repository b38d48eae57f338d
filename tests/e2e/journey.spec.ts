import type { Browser, Page } from '@playwright/test'
import { type SampleTarget, startSampleTarget } from '#lib/cli/sample-target.mjs'
import { box, expectItem, expectVerdict, openItems, sign, tickAll } from '#tests/support/board-page.ts'
import { test as base, expect } from '#tests/support/e2e.ts'
import { SETUP_CODE } from '#tests/support/server.ts'

const PASSWORD = 'four unrelated garden words'
const OWNER = { name: 'Olga Berg', email: 'olga@acme.example' }
const SIGNERS = [
  { name: 'Dana Lind', email: 'dana@acme.example', role: 'Developer' },
  { name: 'Rui Costa', email: 'rui@acme.example', role: 'Reviewer' },
  { name: 'Devi Rao', email: 'devi@acme.example', role: 'DevOps' },
  { name: 'Sana Omar', email: 'sana@acme.example', role: 'Security' },
] as const
const DEPLOY_STEP = 'Deploy with rolling update'

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** A browser of one's own that follows an invitation's link to the team's first page. */
async function accept(browser: Browser, link: string, email: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(link)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Join Acme Health' }).click()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, email)
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible()
  return page
}

async function gate(url: string, token: string): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${url}/api/v1/gate?service=upstream-web&environment=production`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return { status: answer.status, body: await answer.text() }
}

const test = base.extend<{ target: SampleTarget }>({
  target: async ({ browserName: _browser }, provide) => {
    const target = await startSampleTarget()
    await provide(target)
    await target.close()
  },
})

test.setTimeout(300_000)

/** What the environment has no TLS, Redis or Prometheus for: the probes say so, and a person says how they know. */
const BY_HAND = {
  'On-call team notified of deployment': 'Called the rota.',
  'Escalation path confirmed': 'Rang the second line.',
  'Engineering team notified': 'Posted in the channel.',
  'Customer support notified (if user-facing changes)': 'Told on the phone.',
  'Sales/Account team notified (if new features)': 'Told in the weekly call.',
  'SSL certificates valid (not expiring soon)': 'Read at the balancer.',
  'PHI encryption in transit verified (TLS 1.2+)': 'Scanned from outside.',
  'Redis cache operational': 'Asked on the bastion.',
  'Cache hit rates acceptable (> 90%)': '93 % on its dashboard.',
  'Error rates normal (< 0.1%)': '0.03 % on the dashboard.',
  'Response times acceptable (p95 < 500ms)': 'p95 at 290 ms on the dashboard.',
}

test('from the first visit to a closed run, signed by four people', async ({
  app,
  browser,
  target,
  page: olga,
}) => {
  const people = new Map<string, Page>()
  const as = (role: (typeof SIGNERS)[number]['role']): Page => people.get(role) ?? olga
  const everyone = [...SIGNERS]
  let token = ''

  await test.step('set up', async () => {
    await olga.goto('/')
    await expect(olga).toHaveURL(/\/setup$/)
    await olga.getByLabel('Set-up code').fill(SETUP_CODE)
    await olga.getByLabel('Team', { exact: true }).fill('Acme Health')
    await olga.getByLabel('Your name').fill(OWNER.name)
    await olga.getByLabel('E-mail').fill(OWNER.email)
    await olga.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await olga.getByRole('button', { name: 'Set up Countersign' }).click()
    await olga.getByRole('link', { name: 'Sign in' }).click()
    await signIn(olga, OWNER.email)
    await expect(olga).toHaveURL(/\/acme-health$/)
  })

  await test.step('invite four people, each with the role they sign as', async () => {
    await olga.getByRole('link', { name: 'Members' }).click()
    for (const { name, email, role } of everyone) {
      await olga.getByRole('button', { name: 'Invite somebody' }).click()
      const dialog = olga.getByRole('dialog')
      await dialog.getByLabel('Name', { exact: true }).fill(name)
      await dialog.getByLabel('E-mail').fill(email)
      await dialog.getByRole('checkbox', { name: role }).check()
      await dialog.getByRole('button', { name: 'Make the link' }).click()
      const link = (await dialog.getByText(/^http.*\/invite\//).textContent()) ?? ''
      await dialog.getByRole('button', { name: 'Done' }).click()
      people.set(role, await accept(browser, link, email))
    }
  })

  await test.step('name the service, say where it runs and what probes may reach', async () => {
    await olga.getByRole('link', { name: 'Services' }).click()
    await olga.getByLabel('Name of the service').fill('upstream-web')
    await olga.getByRole('button', { name: 'Create service' }).click()
    const settings = olga.getByRole('form', { name: 'Settings of production' })
    await settings
      .getByLabel('Variables', { exact: true })
      .fill(`BASE_URL=${target.url}\nASSET_URL=${target.url}/static/app.js`)
    await settings.getByLabel('Probes may reach').fill(`127.0.0.1:${target.port}`)
    await settings.getByRole('button', { name: 'Save settings' }).click()
    await expect(olga.getByText('Settings of production are saved')).toBeVisible()
    await olga.getByRole('button', { name: 'Make a pipeline token' }).click()
    const dialog = olga.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('deploy pipeline')
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    token = (await dialog.getByText(/^csg_\S+$/).textContent()) ?? ''
    await dialog.getByRole('button', { name: 'Done' }).click()
    expect((await gate(app.url, token)).status).toBe(403)
  })

  await test.step('bring the checklist', async () => {
    await olga.getByRole('link', { name: 'Templates' }).click()
    await olga.getByRole('link', { name: /^Start from .*Production deployment/ }).click()
    await olga.getByRole('button', { name: 'Publish' }).click()
    await expect(olga).toHaveURL(/\/templates\/[\w-]+\/v\/1\?published=1$/)
  })

  const dana = as('Developer')
  await test.step('open a run and answer what the checklist asks', async () => {
    await dana.reload()
    await dana.getByRole('link', { name: 'Open a run' }).first().click()
    await dana.getByRole('combobox', { name: 'Environment' }).selectOption({ label: 'production' })
    await dana.getByLabel('Version', { exact: true }).fill('v2.14.0')
    await dana.getByLabel('Commit', { exact: true }).fill('8f3c2d1')
    await dana.getByLabel('Change ticket').fill('CHG-1042')
    const answer = (question: string, word: 'Yes' | 'No') =>
      dana.getByRole('group', { name: question }).getByRole('radio', { name: word }).check()
    await answer('Does this release change anything that users see or do?', 'Yes')
    await answer('Does the service use WebSockets?', 'No')
    await answer('Does this release bring new features?', 'No')
    await answer('Does this release change an interface that others call?', 'No')
    await answer('Does this release need new operating procedures?', 'No')
    await answer('Do secrets have to be rotated for this release?', 'Yes')
    await answer('Does this release call for a notice on the status page?', 'Yes')
    await dana.getByRole('button', { name: 'Open the run' }).click()
    await expect(dana).toHaveURL(/\/runs\/upstream-web\/1$/)
    await expectVerdict(dana, 'NO-GO')
  })

  await test.step('machines go first', async () => {
    await expectItem(dana, 'Content-Security-Policy configured', 'passed, observed')
    await expectItem(dana, 'Compression enabled (gzip/brotli)', 'passed, observed')
    await expectItem(dana, '/health/redis/ endpoint returns 200', 'passed, observed')
    await dana.getByRole('button', { name: 'Run all probes' }).click()
    await expect(dana.getByRole('button', { name: 'Cancel probes' })).toBeHidden()
    await expectItem(dana, 'CDN cache headers configured', 'passed, observed')
  })

  const board = dana.url()
  await test.step('people settle the rest, each their own', async () => {
    const line = dana.getByText(/REDIS_URL is not set for production/)
    await expect(line.first()).toBeVisible()
    await tickAll(dana, {
      'Code has been reviewed and approved': 'Two approvals on the pull request.',
      ...BY_HAND,
    })
    for (const role of ['Reviewer', 'DevOps', 'Security'] as const) await as(role).goto(board)
    await tickAll(as('DevOps'), BY_HAND)
    await tickAll(as('Security'), BY_HAND)
    await expect.poll(() => openItems(as('Reviewer'))).toEqual([])
    for (const item of [
      'Database backup completed',
      'PHI encryption at rest verified',
      'Access controls properly configured',
    ]) {
      await expectItem(dana, item, 'passed, claimed')
      await box(dana, item).focus()
      await dana.keyboard.press('w')
      await expectItem(as('Reviewer'), item, 'passed, witnessed')
    }
  })

  await test.step('four people sign, and then the gate says GO to the board and to the pipeline', async () => {
    for (const { role } of everyone) {
      const refused = await gate(app.url, token)
      expect(refused.status).toBe(403)
      expect(refused.body).toContain(`${role} has not signed`)
      await sign(as(role), { role, password: PASSWORD })
    }
    for (const { role } of everyone) await expectVerdict(as(role), 'GO')
    const allowed = await gate(app.url, token)
    expect([allowed.status, allowed.body]).toEqual([200, expect.stringContaining('"go":true')])
  })

  await test.step('deploy, step by step', async () => {
    const devi = as('DevOps')
    await devi.getByRole('button', { name: 'Start deployment' }).click()
    await devi.getByRole('dialog').getByRole('button', { name: 'Start deployment' }).click()
    await expect(box(devi, new RegExp(DEPLOY_STEP))).toBeEnabled()
    await tickAll(devi, BY_HAND)
    expect((await gate(app.url, token)).status).toBe(200)
    await devi.getByRole('button', { name: 'Mark deployed' }).click()
    await expectVerdict(devi, 'VERIFYING')
  })

  await test.step('verify and close', async () => {
    await dana.getByRole('button', { name: 'Run all probes' }).click()
    await expectItem(dana, 'Application loads without errors', 'passed, observed')
    await expectItem(dana, 'API endpoints responding correctly', 'passed, observed')
    await expectItem(dana, /^WebSocket connections working/, 'n/a')
    await expect(dana.getByRole('button', { name: 'Run all probes' })).toBeVisible()
    await tickAll(dana, {
      'Core features functional (claim submission, scoring)': 'Scored three claims.',
      ...BY_HAND,
    })
    await dana.getByRole('button', { name: 'Close the run' }).click()
    await dana.getByRole('dialog').getByRole('button', { name: 'Close the run' }).click()
    await expectVerdict(dana, 'CLOSED')
    await expect(box(dana, 'All tests pass (python manage.py test)')).toBeDisabled()
  })

  await test.step('the record says it all, on the page and as Markdown', async () => {
    await olga.goto(`${board}/record`)
    await expect(olga.getByRole('heading', { name: /^upstream-web #1/, level: 1 })).toBeVisible()
    for (const { name } of everyone) await expect(olga.getByText(name).first()).toBeVisible()
    const download = olga.waitForEvent('download')
    await olga.getByRole('link', { name: 'Markdown' }).click()
    const stream = await (await download).createReadStream()
    let text = ''
    for await (const part of stream) text += part
    expect(text.startsWith('# Production Deployment Checklist\n')).toBe(true)
    expect(text).toContain('- [x] All tests pass (`python manage.py test`)')
    for (const { name, role } of everyone)
      expect(text).toMatch(new RegExp(`\\| ${role} +\\| ${name} +\\| 20`))
  })

  await test.step('it stands in the history, and the chain of its log holds', async () => {
    await olga.getByRole('link', { name: 'History' }).click()
    const row = olga.getByRole('row', { name: /upstream-web #1/ })
    await expect(row).toContainText('closed')
    await expect(row).toContainText('Security: Sana Omar')
    await olga.goto(`${board}/audit`)
    await olga.getByRole('link', { name: 'Verify chain' }).click()
    await expect(olga.getByText(/^The chain holds: \d+ events hashed again$/)).toBeVisible()
  })
})
