import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockDataFolder } from '#lib/cli/data-lock.mjs'
import { freePort } from '#tests/support/server.ts'
import { startCommand } from '#tests/support/start-command.ts'

let dataDir = ''

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-boot-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

/** The lines of a start that refuses, without those of its steps; it must end with code 1. */
async function refusal(env: Record<string, string>): Promise<string[]> {
  const start = startCommand({ DATA_DIR: dataDir, PORT: String(await freePort()), ...env })
  expect(await start.ended).toBe(1)
  return start
    .output()
    .split('\n')
    .filter((line) => line !== '' && !/^[·✓✗] /.test(line))
}

it('a second start on one data folder names the first', async () => {
  const lock = await lockDataFolder(dataDir, 3999)
  expect(await refusal({})).toEqual([
    `Countersign already runs on ${dataDir} (process ${process.pid}, port 3999): stop it first, or set another DATA_DIR.`,
  ])
  lock.release()
})

it('a taken port is named', async () => {
  const port = await freePort()
  const other: Server = createServer().listen(port, '127.0.0.1')
  expect(await refusal({ PORT: String(port) })).toEqual([
    `Port ${port} is taken by another program: stop that one, or set PORT to a free one.`,
  ])
  other.close()
})

it('a data folder that cannot be made is named', async () => {
  const file = path.join(dataDir, 'file')
  writeFileSync(file, '')
  for (const [folder, code] of [
    [file, 'EEXIST'],
    [path.join(file, 'below'), 'ENOTDIR'],
  ] as const) {
    expect(await refusal({ DATA_DIR: folder })).toEqual([
      `The data folder ${folder} cannot be made (${code}): set DATA_DIR to a folder that this user may write.`,
    ])
  }
})

it('a PORT that is none is quoted', async () => {
  expect(await refusal({ PORT: 'http' })).toEqual(['PORT must be a number from 1 to 65535, not "http".'])
})

it('an unreachable database is named by address, without its password', async () => {
  const port = await freePort()
  expect(await refusal({ DATABASE_URL: `postgresql://me:secret@127.0.0.1:${port}/mine` })).toEqual([
    `The database at 127.0.0.1:${port}/mine cannot be reached (ECONNREFUSED): check DATABASE_URL.`,
  ])
})

it('an unknown database and a wrong password are told apart', async () => {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '')
  url.pathname = '/nowhere'
  expect((await refusal({ DATABASE_URL: url.href }))[0]).toContain('has no database of that name')
  url.password = 'wrong'
  expect((await refusal({ DATABASE_URL: url.href }))[0]).toContain('refuses the password')
})
