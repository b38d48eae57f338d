import type { Locator, Page } from '@playwright/test'
import { box, expectItem, expectVerdict } from '#tests/support/board-page.ts'
import { PASSWORD } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt, settleAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true }
/** WCAG 2.2, 2.5.8 asks for 24; a thumb for more. */
const THUMB = 40

/** Taps what a thumb can hit. */
async function tap(target: Locator): Promise<void> {
  await target.scrollIntoViewIfNeeded()
  const area = await target.boundingBox()
  expect(Math.min(area?.width ?? 0, area?.height ?? 0)).toBeGreaterThanOrEqual(THUMB)
  await target.tap()
}

/** Opens an item's menu and taps one entry of it. */
async function choose(page: Page, item: string, entry: string): Promise<void> {
  await tap(page.getByRole('button', { name: `More for ${item}` }))
  await tap(page.getByRole('menuitem', { name: entry, exact: true }))
}

test('everything of a run is done by touch on a phone: tick, n/a with a reason, note, sign', async ({
  enter,
}) => {
  const run = await openRunAt(await makeSceneAt())
  const ana = await enter(run.ana, { look: PHONE })
  await ana.goto(run.board)
  await expect(ana.getByText(/^Here now: .*Ana/)).toBeAttached()
  expect(await ana.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true)

  await tap(box(ana, 'Tests pass'))
  await expectItem(ana, 'Tests pass', 'passed, claimed')

  await choose(ana, 'Branch is merged', 'Not applicable…')
  const reason = ana.getByRole('textbox', { name: 'Why it does not apply' })
  await reason.fill('This release is a re-deploy of main.')
  await tap(ana.getByRole('button', { name: 'Mark as n/a' }))
  await expectItem(ana, 'Branch is merged', 'n/a')

  await choose(ana, 'Access reviewed', 'Note…')
  await ana.getByRole('textbox', { name: 'Note' }).fill('The list is in the wiki.')
  await tap(ana.getByRole('button', { name: 'Save note' }))
  // The words stand there at once; the editor goes when the server has them.
  await expect(ana.getByRole('textbox', { name: 'Note' })).toBeHidden()
  await expect(ana.getByText('The list is in the wiki.').first()).toBeVisible()

  await settleAt(run)
  await tap(ana.getByRole('link', { name: 'Sign as Developer', exact: true }))
  await expect(ana.getByRole('heading', { name: 'Sign as Developer', level: 1 })).toBeVisible()
  await ana.getByLabel('Your password').fill(PASSWORD)
  await tap(ana.getByRole('button', { name: 'Sign go as Developer' }))
  await expect(ana.getByText('Signed go as Developer')).toBeVisible()
  await tap(ana.getByRole('link', { name: 'Back to the run' }))
  await expectVerdict(ana, 'NO-GO')
  await expect(ana.getByRole('region', { name: 'Gate' }).getByText('You', { exact: true })).toBeVisible()
  expect(await ana.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})
