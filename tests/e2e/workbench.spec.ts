import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { axeFaults } from '#tests/support/axe.ts'
import { makeSceneAt, pointProbesAt, type SceneAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(60_000)

let target: Server
let silent: (() => void)[] = []

test.beforeAll(async () => {
  target = createServer((request, response) => {
    // Never answers there, until the test is over.
    if (request.url === '/slow') silent.push(() => response.end())
    else {
      response
        .setHeader('x-frame-options', 'DENY')
        .setHeader(
          'content-security-policy',
          "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
        )
        .end('{"ok":true}')
    }
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => target.once('listening', resolve))
})
test.afterAll(() => {
  for (const end of silent) end()
  silent = []
  target.closeAllConnections()
  target.close()
})

/** An environment whose BASE_URL is the target, and the editor of the checklist. */
async function editAt(page: Page, scene: SceneAt): Promise<void> {
  const { port } = target.address() as AddressInfo
  await pointProbesAt(scene, {
    variables: `BASE_URL=http://127.0.0.1:${port}`,
    allowList: `127.0.0.1:${port}`,
  })
  await page.goto(`/${scene.team.slug}/templates/${scene.template}/edit`)
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('No problems')
}

test('try a probe, pick a condition from what it saw, write it beside its item', async ({ enter }) => {
  const scene = await makeSceneAt()
  const page = await enter(scene.ana)
  await editAt(page, scene)
  await page.getByRole('button', { name: 'Try a probe…' }).click()
  const bench = page.getByRole('dialog', { name: 'Try a probe' })
  await bench.getByLabel('Item', { exact: true }).selectOption('Application loads')
  await bench.getByLabel('Environment').selectOption('web, production')

  await bench.getByLabel('Probe', { exact: true }).fill('http')
  await expect(bench.getByText(/At character \d+/)).toBeVisible()
  await expect(bench.getByRole('button', { name: 'Try', exact: true })).toBeDisabled()

  await bench.getByLabel('Probe', { exact: true }).fill(`http ${'$'}{BASE_URL}/ expect status == 204`)
  await bench.getByRole('button', { name: 'Try', exact: true }).click()
  await expect(bench.getByRole('heading', { name: 'This would be: fail' })).toBeVisible()
  await expect(bench.getByRole('row', { name: /status == 204 status 200/ })).toBeVisible()

  await bench.getByLabel('Probe', { exact: true }).fill(`http ${'$'}{BASE_URL}/ expect status == 200`)
  await bench.getByRole('button', { name: '+ header x-frame-options == DENY' }).click()
  await expect(bench.getByText('The probe was changed since. Try it again.')).toBeVisible()
  await bench.getByRole('button', { name: 'Try', exact: true }).click()
  await expect(bench.getByRole('heading', { name: 'This would be: pass' })).toBeVisible()
  expect(await axeFaults(page)).toEqual([])
  const wide = page.viewportSize() ?? { width: 1280, height: 720 }
  await page.setViewportSize({ width: 360, height: 780 })
  // Long items, timings and what could be asked are as wide as the phone, and no wider.
  const body = bench.locator('[data-body]')
  expect(await body.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
  await page.setViewportSize(wide)

  await bench.getByRole('button', { name: 'Write it beside the item' }).click()
  await expect(bench).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Markdown of the checklist' })).toContainText(
    '<!-- probe: http $' + '{BASE_URL}/ expect status == 200, header x-frame-options == DENY -->',
  )
})

test('a look that takes long can be cancelled, on a phone too', async ({ enter }) => {
  const scene = await makeSceneAt()
  const page = await enter(scene.ana)
  await page.setViewportSize({ width: 360, height: 780 })
  await editAt(page, scene)
  await page.getByRole('button', { name: 'Try a probe…' }).click()
  const bench = page.getByRole('dialog', { name: 'Try a probe' })
  await bench.getByLabel('Environment').selectOption('web, production')
  await bench
    .getByLabel('Probe', { exact: true })
    .fill(`http ${'$'}{BASE_URL}/slow expect status == 200, timeout 30s`)
  await bench.getByRole('button', { name: 'Try', exact: true }).click()
  await expect(bench.getByText('Looking…')).toBeVisible()
  await bench.getByRole('button', { name: 'Cancel' }).click()
  await expect(bench.getByText('Looking…')).toBeHidden()
  await expect(bench.getByRole('button', { name: 'Try', exact: true })).toBeEnabled()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
})
