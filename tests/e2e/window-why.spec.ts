import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { axeFaults } from '#tests/support/axe.ts'
import { makeSceneAt, openRunAt, pointProbesAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(90_000)

const CHECKLIST = `# Steady checklist

## Pre-Deployment

### Change
- [ ] It stays up <!-- probe: http \${SITE_URL}/ expect status == 200, window 2 of 3 every 1s failures 1 -->
- [ ] Nobody waits

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
`

let asked = 0
const site = createServer((_request, response) => {
  asked += 1
  response.writeHead(asked === 1 ? 503 : 200).end('x')
})
test.beforeAll(async () => {
  await new Promise<void>((done) => {
    site.listen(0, '127.0.0.1', () => done())
  })
})
test.afterAll(() => {
  site.close()
})

test('why a window passed: what each look came to, and the one that failed whole behind its line', async ({
  enter,
}) => {
  const { port } = site.address() as AddressInfo
  const scene = await makeSceneAt({ source: CHECKLIST })
  await pointProbesAt(scene, {
    variables: `SITE_URL=http://127.0.0.1:${port}`,
    allowList: `127.0.0.1:${port}`,
  })
  const { board } = await openRunAt(scene)
  const page = await enter(scene.ana)
  await page.goto(board)
  const item = page.getByRole('listitem').filter({ hasText: 'It stays up' })
  await expect(item.getByText(/2 of 3 looks passed, 1 failed/).first()).toBeVisible({ timeout: 20_000 })
  await item.getByRole('button', { name: 'why', exact: true }).click()
  const why = page.getByRole('dialog')
  await expect(why.getByText(/, fail: status 503 · wanted 200/)).toBeVisible()
  await why.getByText('Look 1 whole, fail', { exact: true }).click()
  const conditions = why.getByRole('table', { name: /^Conditions, Look 1 whole, fail/ })
  await expect(conditions.getByRole('row', { name: /status == 200.*not met/ })).toBeVisible()
  expect(await axeFaults(page)).toEqual([])
})
