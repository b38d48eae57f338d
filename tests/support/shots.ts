import { mkdirSync, writeFileSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { findChromium } from '#lib/cli/chromium.mjs'
import { migrate } from '#lib/cli/migrate.mjs'
import { startScratchDatabase } from '#lib/cli/scratch-database.mjs'
import { closeDb } from '#lib/server/db.ts'
import { drawSheet, type Picture } from './contact-sheet.ts'
import { patient } from './listening.ts'
import { makeLongScene } from './long-scene.ts'
import { type Member, makeOutsider, signedIn, useDatabase } from './people-at.ts'
import { freePort, SETUP_CODE, startServer, type TestServer } from './server.ts'
import { type Places, type Shot, screensOf, type Viewer } from './shot-list.ts'

const PASSWORD = 'violet harbor drum tin'
const OWNER = { email: 'owner@acme.example', password: PASSWORD }
/** Not in test-results, which Playwright empties. */
const STUDY = 'shots'
const PICTURES = 'docs/pictures'

type Account = { email: string; password: string }
type Kept = BrowserContextOptions['storageState']

const WIDTHS = [360, 768, 1280, 1920]
const heightOf = (width: number) => (width === 360 ? 780 : width === 1920 ? 1080 : 900)
/** Of all pictures those that the README shows, by screen, width and theme. */
const SHOWN = new Set(['board-1280', 'board-360-dark', 'sign-1280', 'record-1280', 'history-1280'])

async function byPassword(browser: Browser, url: string, account: Account): Promise<Kept> {
  const context = await browser.newContext({ baseURL: url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
  const state = await context.storageState()
  await context.close()
  return state
}

async function byCookie(browser: Browser, app: TestServer, who: Member): Promise<Kept> {
  const page = await signedIn(browser, { app, who })
  const state = await page.context().storageState()
  await page.context().close()
  return state
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

/** The page as it stands, in all widths and both themes. */
async function picturesOf(page: Page, state: string): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: heightOf(width) })
    for (const dark of [false, true]) {
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
      // Two frames: the theme follows the medium in the first and is drawn in the second.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      pictures.push({ state, width, dark, png: await page.screenshot({ animations: 'disabled' }) })
    }
  }
  return pictures
}

async function shoot(browser: Browser, url: string, shot: Shot, storageState: Kept): Promise<Picture[]> {
  const context = patient(
    await browser.newContext({
      baseURL: url,
      ...(storageState ? { storageState } : {}),
      viewport: { width: 1280, height: 900 },
    }),
  )
  try {
    const page = await context.newPage()
    await page.goto(shot.path)
    await page.evaluate(() => document.fonts.ready)
    await shot.act?.(page)
    return await picturesOf(page, shot.state)
  } finally {
    await context.close()
  }
}

function keepShown(screen: string, pictures: readonly Picture[]): void {
  for (const { state, width, dark, png } of pictures) {
    const name = `${screen}-${width}${dark ? '-dark' : ''}`
    if (state === 'usual' && SHOWN.has(name)) writeFileSync(`${PICTURES}/${name}.png`, png)
  }
}

async function viewersOf(
  browser: Browser,
  app: TestServer,
  members: Account[],
  long: { owner: Member; signer: Member },
) {
  const sample = (name: string): Account => {
    const found = members.find(({ email }) => email.startsWith(name))
    if (!found) throw new Error(`the sample team has no ${name}`)
    return found
  }
  return {
    nobody: undefined,
    owner: await byPassword(browser, app.url, OWNER),
    reviewer: await byPassword(browser, app.url, sample('bo')),
    auditor: await byPassword(browser, app.url, sample('ivo')),
    stranger: await byCookie(browser, app, await makeOutsider()),
    longOwner: await byCookie(browser, app, long.owner),
    longSigner: await byCookie(browser, app, long.signer),
  } satisfies Record<Viewer, Kept>
}

/** Every screen, or those that are named. */
async function main(names: readonly string[]): Promise<void> {
  mkdirSync(STUDY, { recursive: true })
  mkdirSync(PICTURES, { recursive: true })
  const database = await startScratchDatabase()
  await migrate({ url: database.url })
  useDatabase(database.url)
  const nowhere = new URL(database.url)
  nowhere.port = String(await freePort())
  const server = await startServer({ databaseUrl: database.url })
  const broken = await startServer({ databaseUrl: nowhere.href, worker: false })
  const browser = await chromium.launch(await findChromium())
  try {
    const { team, members } = await setUp(server.url)
    const long = await makeLongScene()
    const places: Places = { team, empty: 'acme-health', long, broken: broken.url }
    const viewers = await viewersOf(browser, server, members, long)
    for (const [screen, shots] of Object.entries(screensOf(places))) {
      if (names.length > 0 && !names.includes(screen)) continue
      const pictures: Picture[] = []
      for (const shot of shots) pictures.push(...(await shoot(browser, server.url, shot, viewers[shot.as])))
      keepShown(screen, pictures)
      await drawSheet({ browser, screen, pictures, file: `${STUDY}/${screen}.png` })
      process.stdout.write(`${screen}: ${[...new Set(shots.map(({ state }) => state))].join(', ')}\n`)
    }
    process.stdout.write(`The README's pictures in ${PICTURES}, a sheet of every screen in ${STUDY}\n`)
  } finally {
    await browser.close()
    await closeDb()
    await Promise.all([server.stop(), broken.stop()])
    await database.stop()
  }
}

await main(process.argv.slice(2))
