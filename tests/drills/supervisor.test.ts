import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { freePort } from '#tests/support/server.ts'
import { startCommand } from '#tests/support/start-command.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-drill-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const isUp = async (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    async (answer) => {
      await answer.body?.cancel()
      return answer.ok
    },
    () => false,
  )

const postmaster = (): number => {
  const { folder } = JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8'))
  return Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
}

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

// The first start builds when nothing did before, hence the patience.
it('a start after kill -9 of the supervisor recovers, and SIGTERM leaves nothing behind', {
  timeout: 400_000,
}, async () => {
  const port = await freePort()
  const env = { DATA_DIR: dataDir, PORT: String(port) }
  const killed = startCommand(env)
  await killed.said(
    /First visit: .*one-time code: [2-9A-Z]{4}-[2-9A-Z]{4}\n.*ready at http:\/\/localhost:\d+\n$/,
  )
  const left = postmaster()
  killed.child.kill('SIGKILL')
  await killed.ended

  const second = startCommand(env)
  await second.said(/ready at/)
  expect(second.output()).toContain(`process ${left}, left by a killed start, was stopped first`)
  expect(await isUp(port)).toBe(true)

  const current = postmaster()
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
  expect(await isUp(port)).toBe(false)
  expect(isGone(current)).toBe(true)
})
