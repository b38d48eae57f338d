import type { Page } from '@playwright/test'
import { axeFaults } from '#tests/support/axe.ts'
import { box, expectItem } from '#tests/support/board-page.ts'
import { PAGES } from '#tests/support/page-table.ts'
import { actAt, makeSceneAt, openRunAt, type RunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(120_000)

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const WIDTHS = [1280, 360]

/** What is wrong with the page as it stands, at both widths and in both themes; empty when nothing is. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = []
  for (const width of WIDTHS) {
    const say = (found: string[], theme: string) =>
      faults.push(...found.map((words) => `${width} ${theme} ${words}`))
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) faults.push(`${width}: ${wide} px wide`)
    say(await axeFaults(page, { tags: TAGS }), 'light')
    // The themes are the same page in other colours.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    say(await axeFaults(page, { rules: ['color-contrast'] }), 'dark')
  }
  return faults
}

/** A run with an item in every state that people can give. */
async function busyRun(): Promise<RunAt> {
  const run = await openRunAt(await makeSceneAt())
  await actAt(run, { who: run.ana, item: 'Tests pass', act: 'tick' })
  await actAt(run, { who: run.ana, item: 'Access reviewed', act: 'fail' })
  await actAt(run, { who: run.ana, item: 'Secrets rotated', act: 'notApplicable' })
  return run
}

let run: RunAt
test.beforeAll(async () => {
  run = await busyRun()
})

for (const [file, { access, path }] of Object.entries(PAGES)) {
  test(`axe finds nothing and nothing is wider than the window: ${file}`, async ({ app, page, enter }) => {
    const screen = access === 'public' ? page : await enter(run.team.owner)
    await screen.goto(app.url + path(run))
    await expect(screen.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await faultsOf(screen)).toEqual([])
  })
}

test('axe finds nothing on a page that is not there', async ({ enter }) => {
  const page = await enter(run.team.owner)
  await page.goto(`/${run.team.slug}/nowhere`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
})

test('axe finds nothing on the signing page of somebody who may sign', async ({ enter }) => {
  const page = await enter(run.ana)
  await page.goto(`${run.board}/sign/developer`)
  await expect(page.getByLabel('Your password')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
})

test('axe finds nothing on the review of an import, as it comes and with everything unfolded', async ({
  enter,
}) => {
  const page = await enter(run.ana)
  await page.goto(`/${run.team.slug}/templates/import`)
  const text =
    '## Checks\n- [ ] One\n- [ ] `/health/` endpoint returns 200\n- a bullet\n\n```bash\n# Go\nmake\n```\n'
  await page.getByLabel('Markdown', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Review the import' }).click()
  await expect(page.getByText(/^Found: 2 items/)).toBeVisible()
  const faults = await faultsOf(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.getByRole('button', { name: 'Change One' }).click()
  await page.getByLabel('Who ticks One').selectOption('Security')
  await expect(page.getByText('1 setting written into the file as comments')).toBeVisible()
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
  })
  faults.push(...(await faultsOf(page)))
  expect(faults).toEqual([])
})

test('axe finds nothing in what lies over the board', async ({ enter }) => {
  const page = await enter(run.ana)
  const faults: string[] = []
  await page.goto(run.board)
  await expect(page.getByText(/^Here now: .*Ana/)).toBeAttached()
  await box(page, 'Branch is merged').focus()
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused()
  faults.push(...(await faultsOf(page)))
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toBeVisible()
  faults.push(...(await faultsOf(page)))
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  faults.push(...(await faultsOf(page)))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Abort…' }).click()
  await expect(page.getByRole('dialog', { name: 'Abort this run?' })).toBeVisible()
  faults.push(...(await faultsOf(page)))
  expect(faults).toEqual([])
})

test('axe finds nothing in the editor at work: a problem, the dialog, the merge, the difference', async ({
  enter,
}) => {
  const scene = await makeSceneAt()
  const [ana, bo] = await Promise.all([enter(scene.ana), enter(scene.bo)])
  const faults: string[] = []
  const base = `/${scene.team.slug}/templates/${scene.template}`
  const type = async (page: Page, words: string) => {
    await page.goto(`${base}/edit`)
    await expect(page.getByText('No problems')).toBeVisible()
    await page.getByRole('textbox', { name: 'Markdown of the checklist' }).focus()
    await page.keyboard.press('Control+Home')
    for (let line = 0; line < 5; line++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.keyboard.type(words)
  }
  await type(ana, ' <!-- item: grade=best -->')
  await expect(ana.getByText('1 problem', { exact: true })).toBeVisible()
  faults.push(...(await faultsOf(ana)))
  await type(bo, ' twice')
  await expect(bo.getByRole('region', { name: 'Board' }).getByText('Tests pass twice')).toBeVisible()
  await bo.getByRole('button', { name: 'Publish…' }).click()
  await expect(bo.getByRole('dialog')).toBeVisible()
  faults.push(...(await faultsOf(bo)))
  await bo.getByRole('button', { name: 'Publish version 2' }).click()
  await bo.waitForURL('**/v/2')
  await ana.reload()
  await expect(ana.getByText('1 difference to decide')).toBeVisible()
  faults.push(...(await faultsOf(ana)))
  for (const show of ['', '&show=text']) {
    await bo.goto(`${base}/diff?from=1&to=2${show}`)
    await expect(bo.getByRole('main')).toContainText('twice')
    faults.push(...(await faultsOf(bo)))
  }
  expect(faults).toEqual([])
})

test('the board by keyboard alone: j, k, x, ?, Escape', async ({ enter }) => {
  const fresh = await openRunAt(await makeSceneAt())
  const page = await enter(fresh.ana)
  await page.goto(fresh.board)
  await expect(page.getByText(/^Here now: .*Ana/)).toBeAttached()
  await page.keyboard.press('j')
  await expect(box(page, 'Tests pass')).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(box(page, 'Access reviewed')).toBeFocused()
  await page.keyboard.press('k')
  await expect(box(page, 'Branch is merged')).toBeFocused()
  await page.keyboard.press('x')
  await expectItem(page, 'Branch is merged', 'passed, claimed')
  await expect(box(page, 'Branch is merged')).not.toHaveAttribute('aria-busy')
  await page.keyboard.press('x')
  await expectItem(page, 'Branch is merged', 'open')
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog')
  await expect(keys).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  await expect(box(page, 'Branch is merged')).toBeFocused()
})
