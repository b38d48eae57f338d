import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { paths } from '#lib/shared/paths.ts'
import { axeFaults } from '#tests/support/axe.ts'
import { makeSceneAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(60_000)

let target: Server
let silent: (() => void)[] = []

test.beforeAll(async () => {
  target = createServer((request, response) => {
    // Never answers there, until the test is over.
    if (request.url === '/slow') silent.push(() => response.end())
    else response.end('ok')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => target.once('listening', resolve))
})
test.afterAll(() => {
  for (const end of silent) end()
  silent = []
  target.closeAllConnections()
  target.close()
})

test('every saved address is tried, and what is blocked gets its line in the list', async ({ enter }) => {
  const { team, service } = await makeSceneAt()
  const page = await enter(team.owner)
  const { port } = target.address() as AddressInfo
  await page.goto(paths.service({ team: team.slug, service }))
  const settings = page.getByRole('form', { name: 'Settings of staging' })
  await settings
    .getByLabel('Variables')
    .fill(`BASE_URL=http://127.0.0.1:${port}/\nCLOSED=127.0.0.1:1\nSECOND=http://localhost:${port}/`)
  await settings.getByLabel('Probes may reach').fill(`127.0.0.1:${port}\n127.0.0.1:1`)
  await settings.getByRole('button', { name: 'Save settings' }).click()
  const tests = page.getByRole('region', { name: 'Connections of staging' })
  const row = (name: string) => tests.getByRole('listitem').filter({ hasText: name })

  await tests.getByRole('button', { name: 'Try BASE_URL' }).click()
  await expect(row('BASE_URL')).toContainText(/answers 200 in [\d.]+ ms/)
  await tests.getByRole('button', { name: 'Try all' }).click()
  await expect(row('CLOSED')).toContainText('refused')
  await expect(row('SECOND')).toContainText(`not on the allow-list: add localhost:${port}`)
  await expect(tests.getByRole('button', { name: 'Try all' })).toBeVisible()
  expect(await axeFaults(page)).toEqual([])

  await tests.getByRole('button', { name: `Add localhost:${port} to the allow-list` }).click()
  await expect(settings.getByLabel('Probes may reach')).toHaveValue(new RegExp(`localhost:${port}$`))
  await expect(row('SECOND')).toContainText('Save the settings and try again')
  await settings.getByRole('button', { name: 'Save settings' }).click()
  await expect(row('SECOND')).not.toContainText('Save the settings')
  await tests.getByRole('button', { name: 'Try SECOND' }).click()
  await expect(row('SECOND')).toContainText(/answers 200 in/)

  await page.goto(paths.teamAudit(team.slug))
  await expect(page.getByText(`tried to reach SECOND from ${service} staging`).first()).toBeVisible()
})

test('looks that take long can be cancelled, on a phone too', async ({ enter }) => {
  const { team, service } = await makeSceneAt()
  const page = await enter(team.owner)
  await page.setViewportSize({ width: 360, height: 780 })
  const { port } = target.address() as AddressInfo
  await page.goto(paths.service({ team: team.slug, service }))
  const settings = page.getByRole('form', { name: 'Settings of staging' })
  await settings.getByLabel('Variables').fill(`SLOW=http://127.0.0.1:${port}/slow`)
  await settings.getByLabel('Probes may reach').fill(`127.0.0.1:${port}`)
  await settings.getByRole('button', { name: 'Save settings' }).click()
  const tests = page.getByRole('region', { name: 'Connections of staging' })
  await tests.getByRole('button', { name: 'Try all' }).click()
  await expect(tests).toContainText('0 of 1 tried')
  await expect(tests).toContainText('Looking…')
  await tests.getByRole('button', { name: 'Cancel' }).click()
  await expect(tests).not.toContainText('Looking…')
  await expect(tests.getByRole('button', { name: 'Try all' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})
