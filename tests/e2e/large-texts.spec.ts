import { Agent, request } from 'node:http'
import { LIMITS } from '#lib/shared/limits.ts'
import { PASSWORD, sessionCookie } from '#tests/support/people-at.ts'
import { actAt, makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

test.setTimeout(400_000)

const LONGEST = [
  '# The longest checklist\n',
  ...Array.from({ length: 40 }, (_, section) =>
    [
      `## Part ${section + 1}\n`,
      ...Array.from(
        { length: LIMITS.templateItems / 40 },
        (_none, item) => `- [ ] Check ${section + 1}.${item + 1}`,
      ),
      '',
    ].join('\n'),
  ),
  '## Sign-Off\n\n| Role | Name | Date | Signature |\n|---|---|---|---|\n| Developer | | | |\n',
].join('\n')

test('2,000 items with the longest notes are read and signed', async ({ enter }) => {
  const run = await openRunAt(await makeSceneAt({ source: LONGEST }))
  const { db } = await import('#lib/server/db.ts')
  // One tick is real, with nearly every byte that a note may have; past the door the others get a copy of it.
  const words = 'What I saw, in “full”. '.repeat(148)
  await actAt(run, { who: run.bo, item: 'Check 1.1', act: 'tick', words })
  await db().$executeRaw`
    UPDATE run_item SET fold = one.fold, state = one.state, grade = one.grade, version = one.version
    FROM (SELECT * FROM run_item WHERE run_id = ${run.runId}::uuid AND text = 'Check 1.1') one
    WHERE run_item.run_id = ${run.runId}::uuid`

  const page = await enter(run.ana)
  await page.goto(`${run.board}/sign/developer`, { timeout: 120_000 })
  await expect(page.getByRole('heading', { name: 'Sign as Developer', level: 1 })).toBeVisible()
  await page.getByLabel('Your password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign go as Developer' }).click()
  await expect(page.getByText('Signed go as Developer')).toBeVisible({ timeout: 60_000 })
  const signed = await db().signoff.findFirstOrThrow({ where: { runId: run.runId } })
  expect(Buffer.byteLength(signed.manifest)).toBeGreaterThan(LIMITS.templateItems * 4_000)
})

test('an import above the limit says which limit and where it is met, and keeps the text', async ({
  enter,
}) => {
  const run = await openRunAt(await makeSceneAt())
  const page = await enter(run.team.owner)
  await page.goto(`/${run.team.slug}/templates/import`)
  const text = page.getByRole('textbox', { name: /Markdown/ })
  const source = `# Long\n\n- [ ] one\n\n${'Not one word of this is an item of any checklist.\n'.repeat(24_000)}`
  await text.evaluate((area, value) => {
    // Typing this much by keys would take the evening.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, value)
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }, source)
  await page.getByRole('button', { name: 'Review the import' }).click()
  await expect(page.getByText(/Line 20004, column 32: .* at most 1,000,000 bytes/)).toBeVisible()
  await page.getByRole('button', { name: 'Back to the text' }).click()
  expect((await text.inputValue()).length).toBe(source.length)
})

test('after a body that was too large the same connection goes on', async ({ app }) => {
  const run = await openRunAt(await makeSceneAt())
  const cookie = await sessionCookie(run.ana)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (method: string, path: string, body = '') =>
    new Promise<{ status: number; port: number }>((resolve, reject) => {
      const headers = { cookie, origin: app.url, 'content-type': 'application/json' }
      const asked = request(app.url + path, { method, agent, headers, timeout: 20_000 }, (answer) => {
        const port = answer.socket.localPort ?? 0
        answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, port }))
      })
      asked.once('timeout', () => asked.destroy(new Error(`${method} ${path} got no answer`)))
      asked.once('error', reject)
      asked.end(body)
    })
  try {
    const large = JSON.stringify({ source: 'x'.repeat(6_500_000) })
    const first = await ask('POST', '/api/templates/review', large)
    expect(first.status).toBe(413)
    const draft = await ask('PUT', '/api/drafts/large', large)
    expect(draft.status).toBe(413)
    const after = await ask('GET', '/api/session')
    expect(after).toEqual({ status: 200, port: first.port })
  } finally {
    agent.destroy()
  }
})
