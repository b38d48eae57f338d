import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { lockDataFolder } from '#lib/cli/data-lock.mjs'
import { nativeFolder } from '#lib/cli/postgres.mjs'
import { endProcess, isAlive, note } from '#lib/cli/processes.mjs'
import { deriveSecret, rootKey } from '#lib/cli/root-key.mjs'
import { readEnv } from '#lib/server/env.ts'
import { deriveKey } from '#lib/server/keys.ts'

const made: string[] = []
const folder = (): string => {
  const dir = mkdtempSync(path.join(tmpdir(), 'countersign-boot-'))
  made.push(dir)
  return dir
}
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true })
})

it('the root key is made once, for its owner alone', () => {
  const dataDir = folder()
  const key = rootKey(dataDir, {})
  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(rootKey(dataDir, {})).toBe(key)
  expect(statSync(path.join(dataDir, 'keys/root.key')).mode & 0o777).toBe(0o600)
  expect(statSync(path.join(dataDir, 'keys')).mode & 0o777).toBe(0o700)
})

it('the environment’s root key wins, and a bad one is refused', () => {
  const dataDir = folder()
  expect(rootKey(dataDir, { COUNTERSIGN_ROOT_KEY: 'a'.repeat(64) })).toBe('a'.repeat(64))
  expect(existsSync(path.join(dataDir, 'keys'))).toBe(false)
  expect(() => rootKey(dataDir, { COUNTERSIGN_ROOT_KEY: 'short' })).toThrow('64 hexadecimal digits')
})

it('the supervisor and the app derive the same secrets', () => {
  process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:1/none'
  const key = process.env.COUNTERSIGN_ROOT_KEY ?? ''
  expect(deriveSecret(key, 'nextauth')).toBe(deriveKey('nextauth').toString('hex'))
  expect(deriveSecret(key, 'other')).not.toBe(deriveSecret(key, 'nextauth'))
})

it('the lock of a dead supervisor is taken over with what it left behind', async () => {
  const dataDir = folder()
  const child = spawn('sleep', ['60'])
  const left = note(child.pid ?? 0, 'server')
  const dead = { name: 'supervisor', pid: process.pid, born: 'another life', port: 1, children: [left] }
  writeFileSync(path.join(dataDir, 'supervisor.json'), JSON.stringify(dead))
  const lock = await lockDataFolder(dataDir, 3000)
  expect(lock.leftovers).toEqual([left])
  expect(isAlive(left)).toBe(true)
  await endProcess(left)
  expect(isAlive(left)).toBe(false)
  lock.remember([])
  expect(JSON.parse(readFileSync(path.join(dataDir, 'supervisor.json'), 'utf8')).pid).toBe(process.pid)
  lock.release()
  expect(existsSync(path.join(dataDir, 'supervisor.json'))).toBe(false)
})

it('every bad variable is named in one sentence', () => {
  const good = { DATABASE_URL: 'postgresql://x@y/z', NEXTAUTH_SECRET: 's'.repeat(32) }
  expect(readEnv({ ...good, PUBLIC_URL: 'https://a.example/', PORT: '' })).toMatchObject({
    PUBLIC_URL: 'https://a.example',
    PORT: 3000,
  })
  expect(() => readEnv({ ...good, DATABASE_URL: undefined, PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(
    'The environment is not usable: DATABASE_URL is not set; PORT must be a whole number; LOG_LEVEL must be one of',
  )
})

it('a machine without an embedded PostgreSQL is told to bring its own', () => {
  const machines = [
    { platform: 'sunos', arch: 'x64' },
    { platform: 'linux', arch: 'x64', libc: undefined },
  ]
  for (const machine of machines) {
    expect(() => nativeFolder(machine)).toThrow(
      /: set DATABASE_URL to a PostgreSQL 15 or newer and start again\.$/,
    )
  }
})
