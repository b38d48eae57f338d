import { makeSceneAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(60_000)

test('a shipped checklist is looked at, and then started from', async ({ enter }) => {
  const scene = await makeSceneAt()
  const page = await enter(scene.ana)
  await page.goto(`/${scene.team.slug}/templates`)
  const shelf = page.getByRole('region', { name: /^Ready to start from/ })
  await expect(shelf.getByRole('heading', { level: 3 })).toHaveText([
    'Production deployment',
    'Web service release',
    'Database migration',
    'Mobile release',
    'Infrastructure change',
    'Machine-learning model',
  ])
  await shelf.getByRole('link', { name: 'Preview Database migration' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Database migration')
  await expect(page.getByText('The replica is less than 10 seconds behind')).toBeVisible()
  await expect(page.getByText('replication-lag < 10s').first()).toBeVisible()
  await expect(page.getByText('DATABASE_URL_REPLICA', { exact: true })).toBeVisible()
  await page.setViewportSize({ width: 360, height: 780 })
  const tooWide = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await tooWide()).toBe(0)
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByRole('link', { name: 'Source' }).click()
  await expect(page.getByRole('region', { name: 'Markdown source' })).toContainText('# Database Migration')
  await page.getByRole('link', { name: 'Start from this' }).click()
  await expect(page).toHaveURL(/\/templates\/import\?start=database-migration$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import a checklist')
})
