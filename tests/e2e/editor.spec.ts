import type { Page } from '@playwright/test'
import { axeFaults } from '#tests/support/axe.ts'
import { draftKeptAfter, editorText, goBehind } from '#tests/support/editor-page.ts'
import { addMemberAt } from '#tests/support/people-at.ts'
import { makeSceneAt, type SceneAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(120_000)

const board = (page: Page) => page.getByRole('region', { name: 'Board' })
const problems = (page: Page) => page.getByRole('region', { name: 'Problems' })

/** The editor with its text read and its board drawn. */
async function edit(page: Page, { team, template }: Pick<SceneAt, 'team' | 'template'>): Promise<void> {
  await page.goto(`/${team.slug}/templates/${template}/edit`)
  await expect(editorText(page)).toBeVisible()
  await expect(problems(page)).toContainText(/\d+ problems?|No problems/)
}

/** The key of an item of a published version: by it the item keeps its history. */
async function keyOf(
  { team, template }: Pick<SceneAt, 'team' | 'template'>,
  { number, text: wanted }: { number: number; text: string },
): Promise<string | undefined> {
  const { db } = await import('#lib/server/db.ts')
  const { model } = await db().templateVersion.findFirstOrThrow({
    where: { number, template: { slug: template, teamId: team.teamId } },
  })
  const { items } = model as { items: { key: string; text: string }[] }
  return items.find((item) => item.text === wanted)?.key
}

async function publish(page: Page, note: string, number: number): Promise<void> {
  await page.getByRole('button', { name: 'Publish…' }).click()
  const dialog = page.getByRole('dialog', { name: `Publish version ${number}` })
  await dialog.getByLabel('What changed').fill(note)
  await dialog.getByRole('button', { name: `Publish version ${number}` }).click()
  await page.waitForURL(`**/v/${number}`)
}

test('edit, mend a problem, take an offer, publish with a note, compare, restore', async ({ enter }) => {
  const scene = await makeSceneAt()
  const page = await enter(scene.ana)
  await edit(page, scene)
  await expect(board(page).getByText('Tests pass')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Publish…' })).toBeDisabled()

  await goBehind(page, 'Access reviewed')
  await page.keyboard.type(' <!-- item: role')
  await page.keyboard.press('Escape')
  await page.keyboard.type('=')
  await expect(page.getByRole('option', { name: /Security/ })).toBeVisible()
  await page.keyboard.type('Sec')
  await page.keyboard.press('Enter')
  await page.keyboard.type(' grade=best -->')
  const problem = problems(page).getByRole('button', { name: /expected a grade/ })
  await expect(problem).toBeVisible()
  await expect(page.locator('.cm-lintRange-error')).toBeVisible()
  await page.keyboard.press('Control+Home')
  await problem.click()
  await expect(editorText(page)).toBeFocused()
  // The caret stands before the wrong value: what is typed takes its place.
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.type('witnessed')
  await expect(problems(page)).toContainText('No problems')
  await expect(board(page).getByText('by Security · at least witnessed')).toBeVisible()

  await goBehind(page, 'Tests pass')
  await page.keyboard.type(' on the release branch')
  await goBehind(page, 'Secrets rotated')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Backup taken')
  await expect(board(page).getByText('Backup taken')).toBeVisible()
  await expect(page.getByText('Unpublished changes since version 1')).toBeVisible()

  await page.getByRole('button', { name: 'Publish…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' })
  const same = dialog.getByRole('checkbox', { name: 'Tests pass on the release branch' })
  await expect(same).not.toBeChecked()
  await expect(dialog.getByText('was “Tests pass”')).toBeVisible()
  await dialog.getByRole('button', { name: 'Keep their history' }).click()
  await expect(same).toBeChecked()
  await dialog.getByLabel('What changed').fill('Backups, and who reviews access')
  await dialog.getByRole('button', { name: 'Publish version 2' }).click()
  await page.waitForURL('**/v/2')
  await expect(page.getByText('Backups, and who reviews access')).toBeVisible()
  const kept = await keyOf(scene, { number: 1, text: 'Tests pass' })
  expect(kept).toBeTruthy()
  expect(await keyOf(scene, { number: 2, text: 'Tests pass on the release branch' })).toBe(kept)

  await page.getByRole('link', { name: 'What version 2 changed' }).click()
  const main = page.getByRole('main')
  await expect(page.getByRole('heading', { name: 'Items added' })).toBeVisible()
  await expect(main).toContainText('Backup taken')
  await expect(page.getByRole('heading', { name: 'Items reworded' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Items removed' })).toBeHidden()
  await expect(main).toContainText(/Ticked by: was not set → now Security/)
  await page.getByRole('link', { name: 'Text', exact: true }).click()
  await expect(main).toContainText('3 lines added, 2 lines removed')
  await expect(main.locator('ins', { hasText: 'on the release branch' })).toBeVisible()

  await page.goto(`/${scene.team.slug}/templates/${scene.template}/v/1`)
  await page.getByRole('button', { name: 'Restore…' }).click()
  const restore = page.getByRole('dialog', { name: 'Restore version 1' })
  await expect(restore.getByLabel('What changed')).toHaveValue('Restores version 1')
  await restore.getByRole('button', { name: 'Restore as version 3' }).click()
  await page.waitForURL('**/v/3')
  await page.goto(`/${scene.team.slug}/templates/${scene.template}/diff?from=1&to=3`)
  await expect(page.getByText('Every item is the same')).toBeVisible()
})

test('two people edit the same line: it is decided, all else is joined, and nothing typed is lost', async ({
  enter,
}) => {
  const scene = await makeSceneAt()
  const [ana, bo] = await Promise.all([enter(scene.ana), enter(scene.bo)])
  await Promise.all([edit(ana, scene), edit(bo, scene)])
  await goBehind(bo, 'Tests pass')
  await bo.keyboard.type(' on staging')
  await goBehind(bo, 'Access reviewed')
  await bo.keyboard.type(' by Bo')
  await goBehind(ana, 'Secrets rotated')
  await ana.keyboard.press('Enter')
  await ana.keyboard.type('Written by Ana')
  await goBehind(ana, 'Access reviewed')
  await ana.keyboard.type(' by Ana')
  await expect(board(ana).getByText('Access reviewed by Ana')).toBeVisible()
  await expect(board(bo).getByText('Access reviewed by Bo')).toBeVisible()
  await publish(bo, 'From Bo', 2)

  await ana.getByRole('button', { name: 'Publish…' }).click()
  await ana.getByRole('button', { name: 'Publish version 2' }).click()
  const merge = ana.getByRole('textbox', { name: /what differs from theirs/ })
  await expect(merge).toBeVisible()
  await expect(ana.getByText('Bo published version 2 while you were changing version 1')).toBeVisible()
  await expect(
    ana.getByText(
      '1 change of theirs is in your text now, 1 change of yours stays. One place was changed by both',
    ),
  ).toBeVisible()
  await expect(ana.getByText('1 difference to decide')).toBeVisible()
  await expect(ana.getByRole('button', { name: 'Go on with this text' })).toBeDisabled()

  // The same after a reload: the draft knows what it was made from.
  await ana.reload()
  await expect(ana.getByText('1 difference to decide')).toBeVisible()
  await ana.getByRole('button', { name: 'Take theirs' }).focus()
  await ana.keyboard.press('Enter')
  await expect(ana.getByText('Nothing is left to decide')).toBeVisible()
  await ana.getByRole('button', { name: 'Go on with this text' }).click()
  await expect(board(ana).getByText('Tests pass on staging')).toBeVisible()
  await expect(board(ana).getByText('Written by Ana')).toBeVisible()
  await expect(board(ana).getByText('Access reviewed by Bo')).toBeVisible()
  await publish(ana, 'From both', 3)
  await expect(ana.getByText('Written by Ana')).toBeVisible()
  await expect(ana.getByText('Tests pass on staging')).toBeVisible()
})

test('what two people changed in other places is joined without a question', async ({ enter }) => {
  const scene = await makeSceneAt()
  const [ana, bo] = await Promise.all([enter(scene.ana), enter(scene.bo)])
  await Promise.all([edit(ana, scene), edit(bo, scene)])
  await goBehind(bo, 'Tests pass')
  await bo.keyboard.type(' on staging')
  await goBehind(ana, 'Secrets rotated')
  await draftKeptAfter(ana, () => ana.keyboard.type(' this month'))
  await expect(board(bo).getByText('Tests pass on staging')).toBeVisible()
  await publish(bo, 'From Bo', 2)
  await ana.reload()
  await expect(ana.getByText('No place was changed by both of you.')).toBeVisible()
  await expect(ana.getByRole('textbox')).toHaveCount(0)
  expect(await axeFaults(ana)).toEqual([])
  await ana.getByRole('button', { name: 'Go on with both' }).click()
  await expect(board(ana).getByText('Tests pass on staging')).toBeVisible()
  await expect(board(ana).getByText('Secrets rotated this month')).toBeVisible()
  await publish(ana, 'From both', 3)
  await ana.getByRole('link', { name: 'Source' }).click()
  const download = ana.waitForEvent('download')
  await ana.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toBe(`${scene.template}-v3.md`)
})

test('by keyboard alone: in, typed, out by Tab, published', async ({ enter }) => {
  const scene = await makeSceneAt()
  const page = await enter(scene.ana)
  await edit(page, scene)
  const tabTo = async (reached: () => Promise<boolean>) => {
    for (let press = 0; press < 40 && !(await reached()); press++) await page.keyboard.press('Tab')
    expect(await reached()).toBe(true)
  }
  const isFocused = (name: string | RegExp) => () =>
    page.getByRole('textbox', { name }).evaluate((box) => box === document.activeElement)
  await tabTo(isFocused('Markdown of the checklist'))
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\n- [ ] Typed by hand')
  await expect(board(page).getByText('Typed by hand')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(editorText(page)).not.toBeFocused()
  // Switched, Tab indents; Escape lets the next one out.
  await editorText(page).focus()
  await page.keyboard.press('Control+m')
  await expect(page.getByRole('checkbox', { name: 'Tab key indents' })).toBeChecked()
  await page.keyboard.press('Tab')
  await expect(editorText(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(editorText(page)).not.toBeFocused()
  await editorText(page).focus()
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' })
  await expect(dialog.getByLabel('What changed')).toBeFocused()
  await page.keyboard.type('By hand')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/v/2')
  await expect(page.getByText('By hand', { exact: true })).toBeVisible()
})

test('bytes that nobody touched stay: CRLF, the byte order mark, no last line end', async ({ enter }) => {
  const source = '\uFEFF# Kept\r\n\r\n- [ ] One\r\n- [ ] Two'
  const scene = await makeSceneAt({ source })
  const page = await enter(scene.ana)
  await edit(page, scene)
  await goBehind(page, 'One')
  await page.keyboard.type(' more')
  await publish(page, 'One more word', 2)
  const { db } = await import('#lib/server/db.ts')
  const version = await db().templateVersion.findFirstOrThrow({
    where: { number: 2, template: { slug: scene.template, teamId: scene.team.teamId } },
  })
  expect(version.source).toBe(source.replace('One', 'One more'))
})

test('who may only read is told why, and an archived template comes back', async ({ enter }) => {
  const scene = await makeSceneAt()
  const max = await addMemberAt(scene.team, { name: 'Max', accountRole: 'manager', roles: [] })
  const manager = await enter(max)
  await manager.goto(`/${scene.team.slug}/templates/${scene.template}/edit`)
  await expect(manager.getByText('Your account role here is manager')).toBeVisible()
  await expect(editorText(manager)).toBeHidden()

  const page = await enter(scene.ana)
  await page.goto(`/${scene.team.slug}/templates/${scene.template}/v/1`)
  await page.getByRole('button', { name: 'Archive…' }).click()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page.getByText('No run is opened of it any more')).toBeVisible()
  await page.goto(`/${scene.team.slug}/templates/${scene.template}/edit`)
  await expect(page.getByText('Small is archived. Bring it back to edit it.')).toBeVisible()
  await page.getByRole('link', { name: 'Read version 1' }).click()
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(page.getByRole('link', { name: 'Edit', exact: true })).toBeVisible()
})

test('700 items are typed into without waiting: what they mean is read beside the page', async ({
  enter,
}) => {
  const items = Array.from({ length: 700 }, (_, index) => `- [ ] Item ${index} of the long list\n`)
  const scene = await makeSceneAt({ source: `# Long\n\n## Prepare\n\n${items.join('')}` })
  const page = await enter(scene.ana)
  await edit(page, scene)
  await expect(page.getByText('700 items')).toBeVisible()
  await goBehind(page, 'Item 350 of the long list')
  await page.keyboard.type(' is typed', { delay: 20 })
  await expect(editorText(page)).toContainText('Item 350 of the long list is typed')
  await expect(board(page).getByText('Item 350 of the long list is typed')).toBeVisible()
})
