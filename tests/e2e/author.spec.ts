import type { Page } from '@playwright/test'
import { expectVerdict, sign } from '#tests/support/board-page.ts'
import { PASSWORD } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt, settleAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

async function correct(
  page: Page,
  fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Correct release…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Correct the release' })
  await fill(dialog)
  await dialog.getByRole('button', { name: 'Correct release' }).click()
  await expect(dialog).toBeHidden()
}

test('the commit’s author named when a run is opened cannot sign as Security, and is told who can', async ({
  enter,
}) => {
  const scene = await makeSceneAt()
  const ana = await enter(scene.ana)
  await ana.goto(`/${scene.team.slug}/runs/open`)
  await ana.getByLabel('Environment').selectOption('production')
  await ana.getByLabel('Version').fill('v1.0.0')
  await ana.getByLabel('Commit', { exact: true }).fill('8f3c2d1')
  await ana.getByLabel('Commit author').selectOption('outside')
  await ana.getByRole('button', { name: 'Open the run' }).click()
  await expect(ana.getByText('Type the name or the e-mail address of the author.').first()).toBeVisible()
  await ana.getByLabel('Author’s name or e-mail').fill(`Cy <${scene.cy.email}>`)
  await ana.getByRole('button', { name: 'Open the run' }).click()
  await expectVerdict(ana, 'NO-GO')
  await expect(ana.getByRole('definition').filter({ hasText: /^Cy$/ })).toBeVisible()

  const cy = await enter(scene.cy)
  await cy.goto(`${new URL(ana.url()).pathname}/sign/security`)
  await expect(cy.getByText('You cannot sign go as Security')).toBeVisible()
  await expect(
    cy.getByText('You wrote this commit; somebody else must approve it as Security').first(),
  ).toBeVisible()
  await expect(cy.getByText(/^Nobody else can: Cy signed another slot or wrote the commit\./)).toBeVisible()
  await expect(cy.getByRole('radio', { name: /^Go\b/ }).first()).toBeDisabled()
  await expect(cy.getByRole('radio', { name: /^No-go/ })).toBeEnabled()
})

test('an author named later makes stale what they signed, and nothing else', async ({ enter }) => {
  const run = await openRunAt(await makeSceneAt())
  await settleAt(run)
  const [ana, cy] = [await enter(run.ana), await enter(run.cy)]
  await ana.goto(run.board)
  await sign(ana, { role: 'Developer', password: PASSWORD })
  await cy.goto(`${run.board}/sign/security`)
  await expect(cy.getByText('A limit of this signature')).toBeVisible()
  await expect(cy.getByText(/^Nobody was named as the author of the commit/)).toBeVisible()
  await cy.goto(run.board)
  await sign(cy, { role: 'Security', password: PASSWORD })
  await expectVerdict(ana, 'GO')

  await correct(ana, async (dialog) => {
    await dialog.getByLabel('Commit author').selectOption({ label: 'Cy' })
    await dialog.getByLabel('Why').fill('Read it in git.')
  })
  await expectVerdict(cy, 'NO-GO')
  const gate = cy.getByRole('region', { name: 'Gate' })
  await expect(gate.getByText('stale', { exact: true })).toHaveCount(1)
  await expect(gate.getByText(/^Cy is named as the commit’s author by Ana/).first()).toBeVisible()
  await expect(
    gate.getByText('You wrote this commit; somebody else must approve it as Security'),
  ).toBeVisible()
  await expect(gate.getByRole('link', { name: 'Sign no-go or recuse as Security' })).toBeVisible()

  await correct(ana, async (dialog) => {
    await dialog.getByLabel('Commit author').selectOption('outside')
    await dialog.getByLabel('Author’s name or e-mail').fill('Kim Lee <kim@example.org>')
    await dialog.getByLabel('Why').fill('Cy only merged it.')
  })
  await cy.getByRole('link', { name: 'See what changed as Security' }).click()
  await expect(cy.getByText('Kim Lee <kim@example.org>').first()).toBeVisible()
  await cy.getByLabel('Your password').fill(PASSWORD)
  await cy.getByRole('button', { name: 'Sign go as Security' }).click()
  await expect(cy.getByText('Signed go as Security')).toBeVisible()
  await expectVerdict(ana, 'GO')
})
