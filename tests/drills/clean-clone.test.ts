import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { freePort } from '#tests/support/server.ts'

const LONG = process.env.DRILLS === 'long'
const root = process.cwd()
const clone = mkdtempSync(path.join(tmpdir(), 'countersign-clone-'))
// The database's own account has to get at its program inside the clone.
chmodSync(clone, 0o755)
afterAll(() => rmSync(clone, { recursive: true, force: true }))

/** What a commit of this tree would bring to another machine: everything that .gitignore does not name. */
function copyTree(): void {
  const ignored = readFileSync('.gitignore', 'utf8').split('\n').filter(Boolean)
  const isIgnored = (file: string) =>
    file === '.git' || ignored.some((rule) => path.matchesGlob(file, rule.replace(/\/$/, '')))
  for (const name of readdirSync(root)) {
    if (isIgnored(name)) continue
    const filter = (from: string) => !isIgnored(path.relative(root, from)) && !isIgnored(path.basename(from))
    cpSync(name, path.join(clone, name), { recursive: true, filter })
  }
}

/** In `npm test` the packages and the build are lent, or it would take minutes; `npm run drills` has neither. */
function lend(): void {
  if (LONG) return
  // Links on Linux: a second instead of a gigabyte. What Next writes to is copied.
  const link = process.platform === 'linux' ? '-al' : '-R'
  execFileSync('cp', [link, path.join(root, 'node_modules'), clone])
  for (const [name, to] of [
    ['.next', clone],
    ['prisma/generated', path.join(clone, 'prisma')],
  ] as const)
    if (existsSync(name)) execFileSync('cp', ['-R', path.join(root, name), to])
}

type Start = { child: ChildProcess; output: () => string; ready: Promise<void>; ended: Promise<unknown> }

/** `npm start` with the machine's own Node, as a newcomer types it. */
function npmStart(port: number): Start {
  const PATH = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(path.delimiter)
  const env = {
    PATH,
    HOME: process.env.HOME ?? tmpdir(),
    PORT: String(port),
    NODE_ENV: 'production' as const,
  }
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ended = new Promise((resolve) => child.once('close', resolve))
  const ready = new Promise<void>((resolve, reject) => {
    const keep = (chunk: Buffer): void => {
      text += chunk
      if (text.includes(`Countersign is ready at http://localhost:${port}`)) resolve()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    ended.then(() => reject(new Error(`npm start ended:\n${text}`)))
  })
  return { child, output: () => text, ready, ended }
}

/** Ctrl-C in a terminal reaches npm and all that it started. */
async function interrupt({ child, ended }: Start): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
  await ended
}

it(`a clean clone starts with npm start${LONG ? ', installing and building' : ''}, and again in seconds`, {
  timeout: LONG ? 900_000 : 180_000,
}, async () => {
  copyTree()
  lend()
  const port = await freePort()
  const first = npmStart(port)
  try {
    await first.ready
    if (LONG) expect(first.output()).toMatch(/✓ Install the packages[\s\S]*✓ Build/)
    expect(first.output()).toMatch(/✓ Make the database[\s\S]*First visit: .*one-time code/)
    expect(first.output().trim().split('\n').at(-1)).toBe(`Countersign is ready at http://localhost:${port}`)
    for (const place of ['/health', '/health/db', '/setup'])
      expect([place, (await fetch(`http://localhost:${port}${place}`)).status]).toEqual([place, 200])
    expect(existsSync(path.join(clone, '.data/postgres.json'))).toBe(true)
  } finally {
    await interrupt(first)
  }
  const second = npmStart(port)
  try {
    await second.ready
    expect(second.output()).not.toMatch(/Install the packages|Build|Generate|Make the database/)
  } finally {
    await interrupt(second)
  }
  await expect(fetch(`http://localhost:${port}/health`)).rejects.toThrow()
})
