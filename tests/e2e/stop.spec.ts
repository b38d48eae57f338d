import { expectVerdict, startAt, tick } from '#tests/support/board-page.ts'
import { PASSWORD } from '#tests/support/people-at.ts'
import { makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

const REASON = 'The logs show another customer’s data.'

test('a no-go after the start is signed by its role, seen by everybody, and keeps the run from closing until it is lifted', async ({
  enter,
}) => {
  const run = await openRunAt(await makeSceneAt())
  const { ana, cy } = await startAt(run, enter)
  await expectVerdict(ana, 'GO')
  await cy.goto(run.board)
  await cy.getByRole('link', { name: 'Sign no-go or recuse as Security' }).click()
  await expect(cy.getByText('The deployment has started')).toBeVisible()
  await expect(cy.getByRole('radio', { name: /^Go\b/ }).first()).toBeDisabled()
  await expect(cy.getByRole('radio', { name: /^No-go/ })).toBeChecked()
  await cy.getByRole('textbox', { name: 'Reason' }).fill(REASON)
  await cy.getByLabel('Your password').fill(PASSWORD)
  await cy.getByRole('button', { name: 'Sign no-go as Security' }).click()
  await expect(cy.getByText('Signed no-go as Security')).toBeVisible()

  await expectVerdict(ana, 'NO-GO')
  const alarm = ana.getByRole('alert').filter({ hasText: 'Cy signed no-go as Security after the start' })
  await expect(alarm).toContainText(REASON)
  await expect(alarm.getByRole('button', { name: 'Roll back…' })).toBeVisible()

  // It was deployed all the same: that may be said, but the run is not closed over the no-go.
  await tick(ana, /^Roll out/)
  await ana.getByRole('button', { name: 'Mark deployed' }).click()
  await expectVerdict(ana, 'VERIFYING')
  await tick(ana, 'Application loads')
  await expect(ana.getByRole('button', { name: 'Close the run' })).toBeDisabled()
  await expect(ana.getByText(/^Cy signed no-go as Security\. Roll back, or have/).first()).toBeVisible()
  await ana.goto(`${run.board}/record`)
  await expect(ana.getByRole('row', { name: /Security Cy .* no-go stands/ })).toContainText(
    'after the start of the deployment',
  )

  await cy.goto(run.board)
  await cy.getByRole('link', { name: 'Read what you will sign as Security' }).click()
  await cy.getByLabel('Your password').fill(PASSWORD)
  await cy.getByRole('button', { name: 'Sign go as Security' }).click()
  await expect(cy.getByText('Signed go as Security')).toBeVisible()
  await ana.goto(run.board)
  await expect(ana.getByRole('alert').filter({ hasText: 'no-go' })).toHaveCount(0)
  await ana.getByRole('button', { name: 'Close the run' }).click()
  await ana.getByRole('dialog').getByRole('button', { name: 'Close the run' }).click()
  await expectVerdict(ana, 'CLOSED')
})
