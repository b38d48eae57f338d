import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { freePort } from '#tests/support/server.ts'
import { startCommand } from '#tests/support/start-command.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-dev-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

it('npm run dev serves unbuilt, on the embedded database, and ends cleanly', {
  timeout: 180_000,
}, async () => {
  const port = await freePort()
  const dev = startCommand({ DATA_DIR: dataDir, PORT: String(port) }, ['--dev'])
  try {
    await dev.said(/ready at/)
    expect(dev.output()).toContain('Make the database')
    expect(dev.output()).not.toMatch(/ Build /)
    const at = `http://localhost:${port}`
    const health = await fetch(`${at}/health/db`)
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({ status: 'ok' })
    const page = await fetch(`${at}/setup`)
    expect(page.status).toBe(200)
    // What only development may have: React evaluates code to explain errors.
    expect(page.headers.get('content-security-policy')).toContain("'unsafe-eval'")
    expect(await page.text()).toContain('Set up Countersign')
  } finally {
    dev.child.kill('SIGTERM')
  }
  expect(await dev.ended).toBe(0)
})
