import type { Page } from '@playwright/test'

/** Who looks. `stranger` belongs to no team; `longOwner` and `longSigner` to the team whose every text is long. */
export type Viewer = 'nobody' | 'owner' | 'reviewer' | 'auditor' | 'stranger' | 'longOwner' | 'longSigner'

export type Shot = {
  state: string
  path: string
  as: Viewer
  /** What else has to happen before the picture. */
  act?: (page: Page) => Promise<void>
}
export type Places = { team: string; empty: string; long: { team: string; run: string }; broken: string }

/** Holds back what the server says to a click on a link, so that the page shows what it shows meanwhile. */
async function holdNavigation(page: Page, link: string): Promise<void> {
  await page.route('**/*', async (route) => {
    const request = route.request()
    const waits = request.headers().rsc === '1' && request.headers()['next-router-prefetch'] === undefined
    if (!waits) await route.continue()
  })
  await page.locator(`a[href="${link}"]`).first().click()
  await page.waitForURL(`**${link}`, { waitUntil: 'commit' }).catch(() => undefined)
  // A held page gives no sign that it has drawn what it shows meanwhile; this is a picture and no assertion.
  await page.waitForTimeout(600)
}

const press = (key: string) => async (page: Page) => {
  await page.getByRole('checkbox').first().focus()
  await page.keyboard.press(key)
  // The picture is of the state after its transition, whatever the key did.
  await page.waitForTimeout(300)
}

const fail = (button: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('alert').first().waitFor()
}

/** Every screen with its states, the usual one first. */
export function screensOf({ team, empty, long, broken }: Places): Record<string, Shot[]> {
  const run = `/${team}/runs/upstream-web/11`
  const full = (path: string, as: Viewer = 'owner'): Shot => ({ state: 'usual', path, as })
  const none = (path: string): Shot => ({ state: 'empty', path: `/${empty}${path}`, as: 'owner' })
  const wordy = (path: string, as: Viewer = 'longOwner'): Shot => ({ state: 'very long texts', path, as })
  const reads = (path: string): Shot => ({ state: 'read only', path, as: 'auditor' })
  const loading = (path: string, link: string, as: Viewer): Shot => ({
    state: 'loading',
    path,
    as,
    act: (page) => holdNavigation(page, link),
  })
  return {
    'sign-in': [
      full('/sign-in', 'nobody'),
      {
        state: 'error',
        path: '/sign-in',
        as: 'nobody',
        act: async (page) => {
          await page.getByLabel('E-mail').fill('nobody@example.org')
          await page.getByLabel('Password', { exact: true }).fill('not the password of anybody')
          await fail('Sign in')(page)
        },
      },
    ],
    home: [full(`/${team}`), none(''), wordy(`/${long.team}`)],
    board: [
      full(run, 'reviewer'),
      loading(`/${team}`, run, 'reviewer'),
      { state: 'keys', path: run, as: 'reviewer', act: press('?') },
      { state: 'typing a note', path: run, as: 'reviewer', act: press('n') },
      { state: 'evidence', path: run, as: 'reviewer', act: press('e') },
      reads(run),
      { state: 'forbidden', path: run, as: 'stranger' },
      wordy(long.run, 'longSigner'),
    ],
    'rolled-back': [full(`/${team}/runs/upstream-web/3`)],
    sign: [
      full(`${run}/sign/reviewer`, 'reviewer'),
      reads(`${run}/sign/reviewer`),
      wordy(`${long.run}/sign/developer`, 'longSigner'),
    ],
    record: [full(`${run}/record`), wordy(`${long.run}/record`)],
    'run-audit': [full(`${run}/audit?verify=now`), wordy(`${long.run}/audit`)],
    waiting: [
      full(`/${team}/waiting`, 'reviewer'),
      none('/waiting'),
      wordy(`/${long.team}/waiting`, 'longSigner'),
    ],
    history: [
      full(`/${team}/history`),
      none('/history'),
      { state: 'nothing found', path: `/${team}/history?text=nothing-has-this`, as: 'owner' },
      wordy(`/${long.team}/history`),
    ],
    'open-run': [
      full(`/${team}/runs/open`),
      none('/runs/open'),
      { state: 'error', path: `/${team}/runs/open`, as: 'owner', act: fail(/^Open/) },
      wordy(`/${long.team}/runs/open`),
    ],
    templates: [full(`/${team}/templates`), none('/templates'), wordy(`/${long.team}/templates`)],
    template: [full(`/${team}/templates/production-deployment`), wordy(`/${long.team}/templates/small`)],
    'template-version': [
      full(`/${team}/templates/production-deployment/v/1`),
      wordy(`/${long.team}/templates/small/v/1`),
    ],
    import: [full(`/${team}/templates/import`)],
    gallery: [full(`/${team}/templates/gallery/web-service-release`)],
    services: [
      full(`/${team}/services`),
      none('/services'),
      reads(`/${team}/services`),
      { state: 'error', path: `/${team}/services`, as: 'owner', act: fail('Create service') },
      wordy(`/${long.team}/services`),
    ],
    service: [
      full(`/${team}/services/upstream-web`),
      reads(`/${team}/services/upstream-web`),
      wordy(`/${long.team}/services/web`),
    ],
    members: [
      full(`/${team}/members`),
      none('/members'),
      reads(`/${team}/members`),
      wordy(`/${long.team}/members`),
    ],
    audit: [full(`/${team}/audit`), none('/audit'), wordy(`/${long.team}/audit`)],
    me: [full('/me'), wordy('/me')],
    'no-team': [full('/', 'stranger')],
    invitation: [{ state: 'error', path: '/invite/not-a-token', as: 'nobody' }],
    'reset-link': [{ state: 'error', path: '/reset/not-a-token', as: 'nobody' }],
    'not-there': [full(`/${team}/nothing/here`)],
    surprise: [{ state: 'error', path: `${broken}/me`, as: 'owner' }],
  }
}
