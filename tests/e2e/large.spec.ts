import type { Page } from '@playwright/test'
import { box, expectItem } from '#tests/support/board-page.ts'
import { makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

const SECTIONS = 25
const ITEMS_EACH = 20

const LARGE = [
  '# A large checklist\n',
  ...Array.from({ length: SECTIONS }, (_, section) =>
    [
      `## Part ${section + 1}\n`,
      ...Array.from({ length: ITEMS_EACH }, (_none, item) => `- [ ] Check ${section + 1}.${item + 1}`),
      '',
    ].join('\n'),
  ),
  '## Sign-Off\n\n| Role | Name | Date | Signature |\n|---|---|---|---|\n| Developer | | | |\n',
].join('\n')

const keyOf = (page: Page, name: string) =>
  box(page, name).evaluate((one) => /^item-(.+)-text$/.exec(one.getAttribute('aria-labelledby') ?? '')?.[1])

/** Collects the key of each item that renders from now on: the board leaves a mark on the browser's own timeline. */
async function watchRenders(page: Page): Promise<() => Promise<string[]>> {
  const rendered = await page.evaluateHandle(() => {
    const keys: string[] = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByName('item-render'))
        if (entry instanceof PerformanceMark) keys.push(String(entry.detail))
    }).observe({ type: 'mark' })
    return keys
  })
  return async () => [...new Set(await rendered.jsonValue())].sort()
}

test('500 items: the board opens, a tick is one request and renders one item', async ({ enter }) => {
  const run = await openRunAt(await makeSceneAt({ source: LARGE }))
  const ana = await enter(run.ana)
  const bo = await enter(run.bo)
  await ana.goto(run.board)
  await bo.goto(run.board)
  await expect(ana.getByRole('checkbox')).toHaveCount(SECTIONS * ITEMS_EACH)
  await expect(ana.getByText(/^Here now: .*Bo/)).toBeAttached()
  await expect(bo.getByText(/^Here now: .*Ana/)).toBeAttached()

  const name = 'Check 13.7'
  await box(ana, name).focus()

  const ofAna = await watchRenders(ana)
  const ofBo = await watchRenders(bo)
  const sent: string[] = []
  ana.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`))
  await ana.keyboard.press('x')
  await expect(box(ana, name)).toBeChecked()
  await expectItem(bo, name, 'passed, claimed')
  await expect(ana.getByRole('region', { name: 'Part 13' })).toContainText(`1 of ${ITEMS_EACH}`)

  const key = await keyOf(ana, name)
  // A key pressed also extends the session, once a minute whatever the key does.
  expect(sent.filter((request) => !request.endsWith('/api/session/touch'))).toEqual([`POST ${run.board}`])
  expect(await ofAna()).toEqual([key])
  expect(await ofBo()).toEqual([key])
})
