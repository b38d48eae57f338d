import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { axeFaults } from '#tests/support/axe.ts'
import { makeSceneAt, openRunAt, pointProbesAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(90_000)

const at = (path: string, rest = '') =>
  `<!-- probe: http \${BASE_URL}${path} expect status == 200, timeout 30s${rest} -->`

const CHECKLIST = `# Probed checklist

## Pre-Deployment

### Health
- [ ] Application answers ${at('/')}
- [ ] Database answers ${at('/slow')}
- [ ] Cache answers ${at('/broken', ', shadow')}

### Code
- [ ] Tests pass
- [ ] Metrics answer <!-- probe: http \${METRICS_URL}/ expect status == 200 -->

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
`

let target: Server
let silent: ServerResponse[] = []

test.beforeAll(async () => {
  target = createServer((request, response) => {
    if (request.url === '/slow') silent.push(response)
    else response.writeHead(request.url === '/broken' ? 503 : 200).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => target.once('listening', resolve))
})
test.afterAll(() => {
  target.closeAllConnections()
  target.close()
})

test('run a section’s probes, stop one, and see what a probe in shadow would say', async ({ enter }) => {
  const scene = await makeSceneAt({ source: CHECKLIST })
  const { port } = target.address() as AddressInfo
  await pointProbesAt(scene, {
    variables: `BASE_URL=http://127.0.0.1:${port}`,
    allowList: `127.0.0.1:${port}`,
  })
  const run = await openRunAt(scene)
  const page = await enter(scene.ana)
  await page.goto(run.board)

  await test.step('opening the run started all; the slow one is stopped', async () => {
    await expect(page.getByText(/shadow: would fail · status 503 · wanted 200/)).toBeVisible()
    await page.getByRole('button', { name: 'Cancel the probe: Database answers' }).click()
    await expect(page.getByRole('button', { name: 'Cancel the probe: Database answers' })).toBeHidden()
  })

  await test.step('the shadow’s item is open, and ticked without a word', async () => {
    const item = page.getByRole('listitem').filter({ hasText: 'Cache answers' })
    await item.getByRole('checkbox').click()
    await expect(item.getByText('claimed', { exact: true })).toBeVisible()
    await expect(item.getByText(/shadow: would fail/)).toBeVisible()
    await item.getByRole('button', { name: 'Why: the shadow probe' }).click()
    const why = page.getByRole('dialog')
    await expect(why.getByText(/probe in shadow, counts for nothing/)).toBeVisible()
    await expect(why.getByText(/looked in shadow, which counts for nothing/).first()).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('a section’s probes start together and are stopped together', async () => {
    await page.getByRole('button', { name: 'Run 3 probes of Health' }).click()
    const stop = page.getByRole('button', { name: /^Cancel \d probes? of Health$/ })
    await expect(stop).toBeVisible()
    await expect(page.getByRole('button', { name: 'Cancel the probe: Application answers' })).toBeHidden()
    await expect(page.getByRole('progressbar', { name: 'Probes' })).toBeVisible()
    await stop.click()
    await expect(page.getByRole('button', { name: 'Run 3 probes of Health' })).toBeVisible()
    const item = page.getByRole('listitem').filter({ hasText: 'Application answers' })
    await expect(item.getByText(/status 200/)).toBeVisible()
  })

  await test.step('why shows the whole look, how it is judged now, the looks before and the request by hand', async () => {
    const item = page.getByRole('listitem').filter({ hasText: 'Application answers' })
    await item.getByRole('button', { name: 'why' }).click()
    const why = page.getByRole('dialog')
    await expect(why.getByRole('row', { name: /status == 200 status 200 met/ })).toBeVisible()
    await expect(why.getByText('Judged again from what is kept here: the same verdict.')).toBeVisible()
    await expect(why.getByRole('img', { name: /last 2 looks: 2 pass/ })).toBeVisible()
    await why.getByText('The same request by hand').click()
    await expect(why.getByRole('region', { name: 'Request as a curl command' })).toContainText(/^curl /)
    await why.getByText('All that it saw').click()
    await expect(why.getByRole('row', { name: /status == 200 status 200 met/ })).toHaveCount(2)
    expect(await axeFaults(page)).toEqual([])
    await why.getByRole('button', { name: 'Run the probe' }).click()
    await expect(why.getByRole('img', { name: /last 3 looks: 3 pass/ })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('what could not tell is among those that are run again as failing', async () => {
    const item = page.getByRole('listitem').filter({ hasText: 'Metrics answer' })
    await expect(item.getByText(/^error: METRICS_URL is not set/)).toBeVisible()
    await page.getByRole('button', { name: 'Run 1 failing' }).click()
    await expect(item.getByText(/2 looks/)).toBeVisible()
  })

  await test.step('on a phone nothing leaves the page, and nothing is out of reach', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await expect(page.getByRole('button', { name: 'Run 3 probes of Health' })).toBeVisible()
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(over).toBeLessThanOrEqual(0)
    expect(await axeFaults(page)).toEqual([])
  })
  silent = []
})
