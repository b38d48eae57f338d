import type { Page } from '@playwright/test'
import { expectItem, expectVerdict, sign, tick } from '#tests/support/board-page.ts'
import { type Member, PASSWORD } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt, type RunAt, settleAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

const AS_ANA = { role: 'Developer', password: PASSWORD }
const AS_CY = { role: 'Security', password: PASSWORD }

async function signedByBoth(
  enter: (who: Member) => Promise<Page>,
): Promise<{ run: RunAt; ana: Page; cy: Page }> {
  const run = await openRunAt(await makeSceneAt())
  await settleAt(run)
  const [ana, cy] = [await enter(run.ana), await enter(run.cy)]
  await ana.goto(run.board)
  await cy.goto(run.board)
  await sign(ana, AS_ANA)
  await sign(cy, AS_CY)
  await expectVerdict(ana, 'GO')
  return { run, ana, cy }
}

async function untick(page: Page, item: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${item}` }).click()
  await page.getByRole('menuitem', { name: /^Take the mark off/ }).click()
  await page.getByLabel('Why the mark comes off').fill(reason)
  await page.getByRole('button', { name: 'Take the mark off' }).click()
  await expectItem(page, item, 'open')
}

test('a change in scope makes a signature stale and says why; signing again shows only what changed', async ({
  enter,
}) => {
  const { ana, cy } = await signedByBoth(enter)
  await untick(ana, 'Secrets rotated', 'One key was forgotten.')
  const gate = cy.getByRole('region', { name: 'Gate' })
  await expectVerdict(cy, 'NO-GO')
  await expect(gate.getByText('stale', { exact: true })).toHaveCount(2)
  await expect(
    gate
      .getByRole('paragraph')
      .filter({ hasText: /Ana took the mark off .*Secrets rotated/ })
      .first(),
  ).toBeVisible()

  // What was signed stays readable as it was, whatever happened since.
  await cy.getByRole('link', { name: 'Read what was signed by Cy as Security' }).click()
  await expect(cy.getByRole('heading', { name: 'Signed as Security' })).toBeVisible()
  await expect(cy.getByText('Stale: Ana took the mark off')).toBeVisible()
  await expect(cy.getByText('Not settled')).toHaveCount(0)
  await cy.goBack()

  await tick(ana, 'Secrets rotated')
  await expectItem(cy, 'Secrets rotated', 'passed, claimed')
  await cy.getByRole('link', { name: 'See what changed as Security' }).click()
  const changes = cy.getByRole('region', { name: /^Since Cy signed at .* 1 thing changed/ })
  await expect(changes).toContainText('Secrets rotated')
  await expect(changes).toContainText('by another person')
  await cy.getByLabel('Your password').fill(PASSWORD)
  await cy.getByRole('button', { name: 'Sign go as Security' }).click()
  await expect(cy.getByText('Signed go as Security')).toBeVisible()
  await expect(ana.getByRole('region', { name: 'Gate' }).getByText('stale', { exact: true })).toHaveCount(1)
})

test('a change outside of the scope touches no signature', async ({ enter }) => {
  const { ana, cy } = await signedByBoth(enter)
  await untick(ana, 'Branch is merged', 'Merged into the wrong branch.')
  const gate = cy.getByRole('region', { name: 'Gate' })
  await expectVerdict(cy, 'NO-GO')
  // The Developer covers everything, Security its own section alone.
  await expect(gate.getByText('stale', { exact: true })).toHaveCount(1)
  await expect(gate.getByText('go', { exact: true })).toHaveCount(1)
})

test('signing what has changed meanwhile is refused with what changed, and the typed reason is kept', async ({
  enter,
}) => {
  const run = await openRunAt(await makeSceneAt())
  await settleAt(run)
  const [bo, cy] = [await enter(run.bo), await enter(run.cy)]
  await bo.goto(run.board)
  await cy.goto(`${run.board}/sign/security`)
  await cy.getByRole('radio', { name: /^No-go/ }).check()
  await cy.getByRole('textbox', { name: 'Reason' }).fill('The access list names two people who left.')
  await cy.getByLabel('Your password').fill(PASSWORD)

  await bo.getByRole('button', { name: 'More for Access reviewed' }).click()
  await bo.getByRole('menuitem', { name: 'Fail…' }).click()
  await bo.getByLabel('What is wrong').fill('Two former colleagues are on it.')
  await bo.getByRole('button', { name: 'Mark as failed' }).click()
  await expectItem(bo, 'Access reviewed', 'failed')

  await cy.getByRole('button', { name: 'Sign no-go as Security' }).click()
  await expect(cy.getByRole('alert').getByText(/^Something you cover changed/)).toBeVisible()
  await cy.getByRole('button', { name: 'Show what changed' }).click()
  await expect(cy.getByRole('heading', { name: /^Not settled/ })).toBeVisible()
  await expect(cy.getByRole('article').getByRole('listitem').first()).toContainText(/failed ?Access reviewed/)
  await expect(cy.getByRole('textbox', { name: 'Reason' })).toHaveValue(
    'The access list names two people who left.',
  )
  await expect(cy.getByRole('radio', { name: /^No-go/ })).toBeChecked()
  await cy.getByLabel('Your password').fill(PASSWORD)
  await cy.getByRole('button', { name: 'Sign no-go as Security' }).click()
  await expect(cy.getByText('Signed no-go as Security')).toBeVisible()
})
