import type { Page } from '@playwright/test'
import { box, expectVerdict, startAt, tick } from '#tests/support/board-page.ts'
import type { Member } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

/** A run that is signed and has been started by Ana. */
async function started(enter: (who: Member) => Promise<Page>): Promise<Page> {
  return (await startAt(await openRunAt(await makeSceneAt()), enter)).ana
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('rolled back with a reason, step by step', async ({ enter }) => {
  const ana = await started(enter)
  await expect(box(ana, /^Undo/)).toBeDisabled()
  await choose(ana, 'Roll back…')
  const dialog = ana.getByRole('dialog', { name: 'Roll back?' })
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  await expect(dialog.getByText('Say why, in a sentence.')).toBeVisible()
  await dialog.getByRole('textbox').fill('Error rate at 4 %.')
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  await expectVerdict(ana, 'ROLLING BACK')
  await expect(ana.getByRole('button', { name: 'Finish the rollback' })).toBeDisabled()
  await tick(ana, /^Undo/)
  await tick(ana, 'Notify stakeholders')
  await ana.getByRole('button', { name: 'Finish the rollback' }).click()
  await expectVerdict(ana, 'ROLLED BACK')
  await expect(ana.getByText('Error rate at 4 %.').first()).toBeVisible()
  await expect(box(ana, 'Notify stakeholders')).toBeDisabled()
})

test('aborting after the start asks whether anything was deployed', async ({ enter }) => {
  const ana = await started(enter)
  await choose(ana, 'Abort…')
  const dialog = ana.getByRole('dialog', { name: 'Abort this run?' })
  await dialog.getByRole('textbox').fill('The cluster is being repaired.')
  await dialog.getByRole('button', { name: 'Abort the run' }).click()
  const question = dialog.getByRole('group', { name: 'Was anything deployed?' })
  await expect(question).toContainText('Choose one: the record must say it.')
  await question.getByRole('radio', { name: /^No,/ }).check()
  await dialog.getByRole('button', { name: 'Abort the run' }).click()
  await expectVerdict(ana, 'ABORTED')
})

test('aborting before the start asks only why', async ({ enter }) => {
  const run = await openRunAt(await makeSceneAt())
  const ana = await enter(run.ana)
  await ana.goto(run.board)
  await choose(ana, 'Abort…')
  const dialog = ana.getByRole('dialog', { name: 'Abort this run?' })
  await expect(dialog.getByText('Was anything deployed?')).toBeHidden()
  await dialog.getByRole('textbox').fill('Wrong version.')
  await dialog.getByRole('button', { name: 'Abort the run' }).click()
  await expectVerdict(ana, 'ABORTED')
})
