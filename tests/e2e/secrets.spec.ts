import { paths } from '#lib/shared/paths.ts'
import { axeFaults } from '#tests/support/axe.ts'
import { makeSceneAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

const VALUE = 'swordfish-and-chips-1'
const NEXT = 'another-long-value-2'

test('a secret is typed once, sealed, replaced and removed, and never comes back to a browser', async ({
  enter,
}) => {
  const { team, service } = await makeSceneAt()
  const page = await enter(team.owner)
  const sent: string[] = []
  const received: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/drafts/')) sent.push(request.postData() ?? '')
  })
  page.on('response', async (response) => {
    if (/html|json|x-component/.test(response.headers()['content-type'] ?? ''))
      received.push(await response.text().catch(() => ''))
  })
  await page.goto(paths.service({ team: team.slug, service }))
  const settings = page.getByRole('form', { name: 'Settings of staging' })
  const variables = settings.getByLabel('Variables')
  const before = await variables.inputValue()
  const kept = page.waitForResponse(
    (answer) => answer.url().includes('/api/drafts/') && answer.request().method() === 'PUT',
  )
  await variables.fill(`${before}\nAPI_TOKEN=${VALUE}\nPLAIN=word`)
  await expect(settings.getByRole('checkbox', { name: 'Keep API_TOKEN secret' })).toBeChecked()
  expect((await kept).status()).toBe(204)
  expect(sent.join()).toContain('API_TOKEN=')
  expect(sent.join()).not.toContain(VALUE)

  await settings.getByRole('button', { name: 'Save settings' }).click()
  const secrets = page.getByRole('region', { name: 'Secrets of staging' })
  await expect(secrets.getByRole('listitem')).toContainText(/API_TOKEN.*set by .*never used/)
  await expect(variables).not.toHaveValue(/API_TOKEN/)
  await expect(variables).toHaveValue(/PLAIN=word/)

  received.length = 0
  await page.reload()
  await expect(secrets.getByRole('listitem')).toContainText('API_TOKEN')
  expect(await page.content()).not.toContain(VALUE)

  await secrets.getByRole('button', { name: 'Replace API_TOKEN' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replace API_TOKEN' })
  await dialog.getByLabel('Value', { exact: true }).fill('short')
  await dialog.getByRole('button', { name: 'Replace it' }).click()
  await expect(dialog.getByText(/A secret has at least 6 characters/).first()).toBeVisible()
  await expect(dialog.getByLabel('Value', { exact: true })).toHaveValue('short')
  await dialog.getByLabel('Value', { exact: true }).fill(NEXT)
  await dialog.getByRole('button', { name: 'Replace it' }).click()
  await expect(page.getByText('API_TOKEN is sealed')).toBeVisible()
  await expect(dialog).toBeHidden()

  await secrets.getByRole('button', { name: 'Add a secret' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a secret' })
  await adding.getByLabel('Name').fill('REDIS_URL')
  await adding.getByLabel('Value', { exact: true }).fill('redis://:pass-word@cache.example')
  expect(await axeFaults(page)).toEqual([])
  await adding.getByRole('button', { name: 'Add the secret' }).click()
  await settings.getByRole('button', { name: 'Allow cache.example:6379' }).click()
  await expect(settings.getByLabel('Probes may reach')).toHaveValue(/cache\.example:6379/)

  await secrets.getByRole('button', { name: 'Remove API_TOKEN' }).click()
  await page.getByRole('button', { name: 'Remove secret' }).click()
  await expect(secrets.getByRole('listitem')).toHaveCount(1)
  await expect(secrets.getByRole('listitem')).toContainText('REDIS_URL')
  expect(received.join()).not.toContain(VALUE)
  expect(received.join()).not.toContain(NEXT)
})

test('whoever only reads sees the names of secrets and nothing to press', async ({ enter }) => {
  const { team, service, ana } = await makeSceneAt()
  const owner = await enter(team.owner)
  await owner.goto(paths.service({ team: team.slug, service }))
  const secrets = owner.getByRole('region', { name: 'Secrets of staging' })
  await secrets.getByRole('button', { name: 'Add a secret' }).click()
  await owner.getByLabel('Name', { exact: true }).fill('API_TOKEN')
  await owner.getByLabel('Value', { exact: true }).fill(VALUE)
  await owner.getByRole('button', { name: 'Add the secret' }).click()
  await expect(secrets.getByRole('listitem')).toContainText('API_TOKEN')
  const page = await enter(ana)
  await page.goto(paths.service({ team: team.slug, service }))
  await expect(page.getByText('API_TOKEN')).toBeVisible()
  expect(await page.content()).not.toContain(VALUE)
  await expect(page.getByRole('button', { name: /API_TOKEN|Add a secret/ })).toHaveCount(0)
})
