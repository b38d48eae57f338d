import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sentenceOf } from '#lib/cli/failure.mjs'
import { freePort } from '#tests/support/server.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-full-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A mount namespace of the child's own: the small disk is gone with it. Not every machine lets a program make one.
const asRoot = process.getuid?.() === 0
const APART = asRoot ? ['--mount'] : ['--user', '--mount', '--map-current-user', '--keep-caps']
const onSmallDisk = (kilobytes: number, words: string[], env: Record<string, string> = {}) =>
  spawnSync(
    'unshare',
    [
      ...APART,
      'sh',
      '-c',
      `mount -t tmpfs -o size=${kilobytes}k,mode=0755 tmpfs "$0" && exec "$@"`,
      folder,
      ...words,
    ],
    {
      encoding: 'utf8',
      timeout: 150_000,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    },
  )
const possible = onSmallDisk(64, ['true']).status === 0

/** The programs that name `place` in their command line. */
function programsOn(place: string): string[] {
  return globSync('/proc/[0-9]*/cmdline').flatMap((file) => {
    try {
      const words = readFileSync(file, 'utf8').replaceAll('\0', ' ')
      return words.includes(place) ? [words] : []
    } catch {
      // It ended while we looked.
      return []
    }
  })
}

describe.skipIf(!possible)(
  `a full disk${possible ? '' : ' (this machine lets nobody mount one: run as root)'}`,
  () => {
    // From a disk that holds nothing at all, over half a database, to one on which it is made and cannot be used.
    it.each([8, 512, 16_384, 40_000])(
      'of %i kB under DATA_DIR: one sentence, a code, no stack',
      { timeout: 160_000 },
      async (kilobytes) => {
        const env = { DATA_DIR: path.join(folder, 'data'), PORT: String(await freePort()) }
        const { status, stdout, stderr } = onSmallDisk(
          kilobytes,
          [process.execPath, path.resolve('lib/cli/start.mjs')],
          env,
        )
        expect(stderr.trim().split('\n')).toEqual([
          'The disk is full: free some space where the data folder and the clone lie, then start again.',
        ])
        expect(status).toBe(1)
        expect(stdout).not.toContain('ready at')
        expect(programsOn(folder)).toEqual([])
      },
    )
  },
)

it('any program that passes the reason on is understood', () => {
  for (const words of [
    'ENOSPC: no space left on device, write',
    'initdb: error: could not write to file: No space left on device',
    'EDQUOT: disk quota exceeded, open',
  ])
    expect(sentenceOf(new Error(words))).toMatch(/^The disk is full: /)
})
