import type { Browser } from '@playwright/test'

export type Picture = { state: string; width: number; dark: boolean; png: Buffer }

/** How much of its size a picture keeps on the sheet: four widths and their margins fit beside each other. */
const SCALE = 0.4

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function row(state: string, dark: boolean, pictures: readonly Picture[]): string {
  const cells = pictures
    .map(
      ({ width, png }) =>
        `<figure><img style="width:${width * SCALE}px" src="data:image/png;base64,${png.toString('base64')}"><figcaption>${width}</figcaption></figure>`,
    )
    .join('')
  return `<section><h2>${escaped(state)}, ${dark ? 'dark' : 'light'}</h2><div>${cells}</div></section>`
}

function html(screen: string, pictures: readonly Picture[]): string {
  const states = [...new Set(pictures.map(({ state }) => state))]
  const rows = states.flatMap((state) =>
    [false, true].map((dark) =>
      row(
        state,
        dark,
        pictures.filter((one) => one.state === state && one.dark === dark),
      ),
    ),
  )
  return `<!doctype html><style>
    body { margin: 16px; width: max-content; font: 13px sans-serif; background: #888; color: #fff }
    h1 { font-size: 20px } h2 { font-size: 14px; margin: 20px 0 6px }
    div { display: flex; gap: 12px; align-items: flex-start } figure { margin: 0 } img { display: block }
    </style><h1>${escaped(screen)}</h1>${rows.join('')}`
}

/** All pictures of one screen on one PNG: a row for each state and theme, the widths beside each other. */
export async function drawSheet({
  browser,
  screen,
  pictures,
  file,
}: {
  browser: Browser
  screen: string
  pictures: readonly Picture[]
  file: string
}): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1860, height: 900 } })
  await page.setContent(html(screen, pictures))
  await page.screenshot({ path: file, fullPage: true })
  await page.close()
}
