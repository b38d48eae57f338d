import { mkdirSync } from 'node:fs'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '#lib/cli/chromium.mjs'
import { migrate } from '#lib/cli/migrate.mjs'
import { startScratchDatabase } from '#lib/cli/scratch-database.mjs'
import { SETUP_CODE, startServer } from './server.ts'

const PASSWORD = 'violet harbor drum tin'
const OWNER = { email: 'owner@acme.example', password: PASSWORD }
const STUDY = 'test-results/shots'
const PICTURES = 'docs/pictures'

type Account = { email: string; password: string }
type Shot = { name: string; path: string; as: 'nobody' | 'owner' | 'reviewer'; full?: boolean }
type Look = { width: number; height: number; dark: boolean }

const LOOKS: Look[] = [360, 1280].flatMap((width) =>
  [false, true].map((dark) => ({ width, height: width === 360 ? 780 : 900, dark })),
)
/** Of all pictures those that the README shows. */
const SHOWN = new Set(['board-1280', 'board-360-dark', 'sign-1280', 'record-1280', 'history-1280'])

function shotsOf(team: string): Shot[] {
  const run = `/${team}/runs/upstream-web/11`
  const paths: [string, string, Shot['as']?][] = [
    ['sign-in', '/sign-in', 'nobody'],
    ['home', `/${team}`],
    ['board', run, 'reviewer'],
    ['sign', `${run}/sign/reviewer`, 'reviewer'],
    ['record', `${run}/record`],
    ['run-audit', `${run}/audit?verify=now`],
    ['rolled-back', `/${team}/runs/upstream-web/3`],
    ['waiting', `/${team}/waiting`, 'reviewer'],
    ['history', `/${team}/history`],
    ['open-run', `/${team}/runs/open`],
    ['templates', `/${team}/templates`],
    ['template', `/${team}/templates/production-deployment`],
    ['import', `/${team}/templates/import`],
    ['services', `/${team}/services`],
    ['service', `/${team}/services/upstream-web`],
    ['members', `/${team}/members`],
    ['audit', `/${team}/audit`],
    ['me', '/me'],
    ['empty-home', '/acme-health'],
    ['missing', `/${team}/nothing/here`],
  ]
  return paths.map(([name, path, as = 'owner']) => ({ name, path, as }))
}

async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

async function setUp(url: string): Promise<{ team: string; members: Account[] }> {
  const answer = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code: SETUP_CODE,
      team: 'Acme Health',
      name: 'Olga Owner',
      ...OWNER,
      sample: true,
    }),
  })
  const said = (await answer.json()) as { sample?: { loaded: boolean; team: string; members: Account[] } }
  if (!said.sample?.loaded) throw new Error(`the sample team was not loaded: ${JSON.stringify(said)}`)
  return said.sample
}

async function shootAll({
  browser,
  url,
  account,
  shots,
}: {
  browser: Browser
  url: string
  account: Account | null
  shots: Shot[]
}): Promise<void> {
  const first = await browser.newContext({ baseURL: url })
  if (account) await signIn(await first.newPage(), account)
  const storageState = await first.storageState()
  await first.close()
  for (const { width, height, dark } of LOOKS) {
    const context = await browser.newContext({
      baseURL: url,
      storageState,
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
    })
    const page = await context.newPage()
    for (const { name, path } of shots) {
      await page.goto(path)
      await page.evaluate(() => document.fonts.ready)
      const file = `${name}-${width}${dark ? '-dark' : ''}`
      await page.screenshot({ path: `${STUDY}/${file}.png` })
      if (SHOWN.has(file)) await page.screenshot({ path: `${PICTURES}/${file}.png` })
    }
    await context.close()
  }
}

mkdirSync(STUDY, { recursive: true })
mkdirSync(PICTURES, { recursive: true })
const database = await startScratchDatabase()
await migrate({ url: database.url })
const server = await startServer({ databaseUrl: database.url })
const browser = await chromium.launch(await findChromium())
try {
  const { team, members } = await setUp(server.url)
  const reviewer = members.find(({ email }) => email.startsWith('bo'))
  if (!reviewer) throw new Error('the sample team has no reviewer')
  const accounts = { nobody: null, owner: OWNER, reviewer }
  for (const as of ['nobody', 'owner', 'reviewer'] as const) {
    await shootAll({
      browser,
      url: server.url,
      account: accounts[as],
      shots: shotsOf(team).filter((shot) => shot.as === as),
    })
  }
  process.stdout.write(`Pictures in ${PICTURES}, every screen in ${STUDY}\n`)
} finally {
  await browser.close()
  await server.stop()
  await database.stop()
}
