import { startForge, TOKEN } from '#tests/peers/forge-api.ts'
import { ACTIONS, github, run, wants, wantsReviews } from '#tests/peers/forge-github-data.ts'
import { axeFaults } from '#tests/support/axe.ts'
import { makeSceneAt, openRunAt, pointProbesAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(90_000)

const asks = (expected: string) =>
  `<!-- probe: forge github acme/web token \${FORGE_TOKEN} url \${FORGE_URL} commit 8f3c2d1 expect ${expected}, timeout 20s -->`

const CHECKLIST = `# Reviewed checklist

## Pre-Deployment

### Change
- [ ] Change is approved ${asks('required-approvals')}
- [ ] Required checks are green ${asks('required-checks-green')}
- [ ] Nobody waits

## Sign-Off

| Role | Name | Date | Signature |
|------|------|------|-----------|
| Developer | | | |
`

let forge: Awaited<ReturnType<typeof startForge>>
test.beforeAll(async () => {
  forge = await startForge()
  github(forge.answers, {
    rules: [wants(['build', ACTIONS.id], 'lint'), wantsReviews(1)],
    runs: [run('build'), run('lint', null, 'in_progress')],
  })
})
test.afterAll(() => forge.close())

test('why a check that is required is not green yet: which, by which rule, who reported it, with a link', async ({
  enter,
}) => {
  const scene = await makeSceneAt({ source: CHECKLIST })
  await pointProbesAt(scene, {
    variables: `FORGE_URL=${forge.url}`,
    secrets: { FORGE_TOKEN: TOKEN },
    allowList: forge.host,
  })
  const { board } = await openRunAt(scene)
  const page = await enter(scene.ana)
  await page.goto(board)
  const item = (text: string) => page.getByRole('listitem').filter({ hasText: text })

  await expect(item('Change is approved').getByText(/approved by bo; 1 required by main/)).toBeVisible()
  const waiting = item('Required checks are green')
  await expect(waiting.getByText(/lint \(in_progress\)/).first()).toBeVisible()
  await waiting.getByRole('button', { name: 'why', exact: true }).click()
  const why = page.getByRole('dialog')
  const build = why.getByRole('link', {
    name: /^build: success, by GitHub Actions, 2026-11-26 09:05:00 UTC; ruleset 42/,
  })
  await expect(build).toHaveAttribute('href', /^https:\/\/github\.test\/acme\/web\/actions/)
  await expect(build).toHaveAttribute('rel', /noopener/)
  await expect(why.getByRole('link', { name: /^7, open, by ana, into main$/ })).toBeVisible()
  await expect(why.getByText(/^lint: in_progress, by GitHub Actions/)).toBeVisible()
  expect(await axeFaults(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(over).toBeLessThanOrEqual(0)
})
