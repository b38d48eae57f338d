import { globSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { ACCOUNT_ROLES } from '#lib/shared/codes.ts'
import { PAGES } from '#tests/support/page-table.ts'
import { addMemberAt, makeOutsider, sessionCookie } from '#tests/support/people-at.ts'
import { ROUTES } from '#tests/support/route-table.ts'
import { makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(180_000)

/** Buttons that change nothing for anybody: they open, copy, narrow, or are about one's own browser. */
const HARMLESS = /^(Copy\b|More$|More for |Print\b|Clear$|Show$|Show all items$|Compare$)/

const pagesOf = (access: string) => Object.entries(PAGES).filter(([, row]) => row.access === access)

/** The names of the buttons of the page's own part that can be pressed and may change something. */
async function buttonsThatAct(page: Page): Promise<string[]> {
  const pressable = page.getByRole('main').getByRole('button', { disabled: false })
  const names = await pressable.evaluateAll((found) =>
    found.map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? ''),
  )
  return names.filter((name) => !HARMLESS.test(name))
}

test('every page and every route is in the tables of this test, with its access', () => {
  expect(Object.keys(PAGES).sort()).toEqual(globSync('app/**/page.tsx').sort())
  const declared = globSync('app/**/route.ts').map((file) => {
    const found = /export const access = '(\w+)'/.exec(readFileSync(file, 'utf8'))
    return [file, found?.[1]]
  })
  const listed = Object.entries(ROUTES).map(([file, { access }]) => [file, access])
  expect(listed.sort()).toEqual(declared.sort())
})

test('pages: who is signed out is sent to sign in and back, who belongs elsewhere finds nothing', async ({
  app,
}) => {
  const run = await openRunAt(await makeSceneAt())
  const cookie = await sessionCookie(await makeOutsider())
  const ask = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(app.url + path, { headers, redirect: 'manual' })
    await answer.body?.cancel()
    return { status: answer.status, to: answer.headers.get('location') }
  }
  for (const [file, { path }] of [...pagesOf('team'), ...pagesOf('person')]) {
    const { status, to } = await ask(path(run), {})
    expect([file, status]).toEqual([file, 307])
    expect([file, to]).toEqual([file, expect.stringMatching(/\/(sign-in|setup)(\?|$)/)])
    if (path(run) !== '/') expect(to).toContain(`return=${encodeURIComponent(path(run))}`)
  }
  for (const [file, { path }] of pagesOf('team'))
    expect([file, (await ask(path(run), { cookie })).status]).toEqual([file, 404])
  for (const [file, { path }] of pagesOf('public'))
    expect([file, (await ask(path(run), {})).status]).not.toEqual([file, 500])
})

test('routes: without a session 401, from another team nothing, and a token opens its own service alone', async ({
  app,
}) => {
  const run = await openRunAt(await makeSceneAt())
  const cookie = await sessionCookie(await makeOutsider())
  const ask = async (request: string, headers: Record<string, string>): Promise<number> => {
    const [method = 'GET', path = '/'] = request.split(' ')
    const json = { 'content-type': 'application/json', origin: app.url, ...headers }
    const body = method === 'GET' ? {} : { body: '{"itemKey":null}' }
    const answer = await fetch(app.url + path, { method, headers: json, redirect: 'manual', ...body })
    await answer.body?.cancel()
    return answer.status
  }
  for (const { access, requests, outsider } of Object.values(ROUTES)) {
    for (const request of requests(run)) {
      const nobody = await ask(request, {})
      if (access === 'public') expect([request, nobody < 500]).toEqual([request, true])
      else expect([request, nobody]).toEqual([request, 401])
      if (access === 'token')
        expect([request, await ask(request, { authorization: 'Bearer csg_unknown' })]).toEqual([request, 401])
      if (outsider) expect([request, await ask(request, { cookie })]).toEqual([request, outsider])
      if (access === 'session' && !request.startsWith('GET'))
        expect([request, await ask(request, { cookie, origin: 'https://evil.example' })]).toEqual([
          request,
          403,
        ])
    }
  }
})

test('odd spellings in an address or a cookie are refused, and are no surprise', async ({ app }) => {
  const run = await openRunAt(await makeSceneAt())
  const cookie = await sessionCookie(run.ana)
  const ask = async (path: string, header = cookie): Promise<number> => {
    const answer = await fetch(app.url + path, { headers: { cookie: header } })
    await answer.body?.cancel()
    return answer.status
  }
  const item = `/api/runs/${run.runId}/items`
  expect(await ask('/api/drafts/%25')).toBe(400)
  expect(await ask('/api/drafts/a%3Ab')).toBe(200)
  for (const key of ['%25', '%2500', '%00']) {
    expect([key, (await ask(`${item}/${key}`)) < 500]).toEqual([key, true])
    expect([key, (await ask(`${item}/${key}/earlier`)) < 500]).toEqual([key, true])
  }
  expect(await ask(`${item}/x`, `${cookie.split('=')[0]}=%`)).toBe(401)
})

for (const accountRole of ACCOUNT_ROLES) {
  const readsOnly = accountRole === 'manager' || accountRole === 'auditor'
  test(`${accountRole}: ${readsOnly ? 'reads every page and can change nothing' : 'opens every page'}`, async ({
    enter,
  }) => {
    const run = await openRunAt(await makeSceneAt())
    const page = await enter(await addMemberAt(run.team, { name: 'Rolf', accountRole }))
    for (const [file, { path }] of pagesOf('team')) {
      const answer = await page.goto(path(run))
      expect([file, answer?.status()]).toEqual([file, 200])
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      if (!readsOnly) continue
      expect([file, await buttonsThatAct(page)]).toEqual([file, []])
      await expect(page.getByRole('main').getByRole('checkbox', { disabled: false })).toHaveCount(0)
      await expect(page.getByRole('main').getByRole('textbox', { name: /password/i })).toHaveCount(0)
    }
    if (!readsOnly) return
    await page.goto(run.board)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    const entries = page.getByRole('menu', { name: 'More for this run' }).getByRole('menuitem')
    await expect(entries).toHaveText([/^Record/, /^Audit trail/, /^Keys/])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More for Tests pass' }).click()
    const doings = page.getByRole('menu', { name: 'More for this item' }).getByRole('menuitem')
    await expect(doings).toHaveText([/^Evidence and history/, /^Copy link/])
  })
}
