import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { findChromium } from '#lib/cli/chromium.mjs'
import { paths } from '#lib/shared/paths.ts'
import { send } from '#tests/support/signed-http.ts'
import type { Ground } from './ground.ts'
import { type Line, line } from './line.ts'
import { pairOfTimes } from './rate.ts'

function boardPath(ground: Ground): string {
  const { team, service } = ground.scene
  return paths.run({ team: team.slug, service, number: ground.runs[0]?.number ?? 1 })
}

/** The whole answer of the seed's board against that of the account page, asked in turn by one client. */
export async function board(ground: Ground): Promise<Line> {
  const { url } = await ground.server()
  const cookie = ground.people[0]?.cookie ?? ''
  const get = (path: string) => async () => {
    const { status, text } = await send(`${url}${path}`, { cookie })
    if (status !== 200 || !text.includes('</html>')) throw new Error(`${path} answered ${status}`)
  }
  const [ours, reference] = await pairOfTimes(get(boardPath(ground)), get(paths.me()))
  return line('board', { ours, reference, unit: 'ms' })
}

const QUIET_MS = 2_000
const KILO = 1_000

/** Kilobytes of gzip script that the seed's board loads above an empty page of the app, against that page's own. */
export async function boardScript(ground: Ground): Promise<Line> {
  const { url } = await ground.server()
  const browser = await chromium.launch(await findChromium())
  try {
    const weigh = async (path: string): Promise<number> => {
      const context = await browser.newContext()
      const [name = '', value = ''] = (ground.people[0]?.cookie ?? '').split('=')
      await context.addCookies([{ name, value, url }])
      const page = await context.newPage()
      const sizes: Promise<number>[] = []
      page.on('response', (answer) => {
        if (answer.request().resourceType() !== 'script') return
        sizes.push(answer.body().then((body) => gzipSync(body).length))
      })
      await page.goto(`${url}${path}`, { waitUntil: 'load' })
      // What loads by itself a moment later is loaded all the same.
      await page.waitForTimeout(QUIET_MS)
      const all = await Promise.all(sizes)
      await context.close()
      return all.reduce((sum, size) => sum + size, 0) / KILO
    }
    const reference = await weigh('/no-such-team/empty')
    return line('board-script', { ours: (await weigh(boardPath(ground))) - reference, reference, unit: 'kB' })
  } finally {
    await browser.close()
  }
}
