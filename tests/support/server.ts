import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = process.cwd()
const PATIENCE = 60_000

/** The one-time code of every test server; /setup and POST /api/setup ask for it. */
export const SETUP_CODE = 'TEST-CODE'

export type TestServer = {
  url: string
  port: number
  pid: number
  output: () => string
  stop: () => Promise<void>
  kill: () => Promise<void>
}

type Options = {
  databaseUrl: string
  port?: number
  /** Whether the worker (jobs, probes) runs beside it; true unless said otherwise. */
  worker?: boolean
  env?: Record<string, string>
}

/** A free loopback port. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const gone = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()))

async function untilHealthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
    if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}\n${output()}`)
    const answer = await fetch(`${url}/health`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await sleep(50)
  }
  throw new Error(`the server did not become healthy\n${output()}`)
}

/**
 * One replica as in production (the built server, and its worker) on a free port of this machine. Several may share
 * one database. `stop` ends it as a deployment would, `kill` as a crash would (SIGKILL).
 */
export async function startServer({ databaseUrl, worker = true, ...rest }: Options): Promise<TestServer> {
  const port = rest.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-test-'))
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: url,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
    COUNTERSIGN_ROOT_KEY: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    COUNTERSIGN_SETUP_CODE: SETUP_CODE,
    LOG_LEVEL: 'warn',
    ...rest.env,
  }
  let said = ''
  const launch = (file: string): ChildProcess => {
    const words = ['--import', path.join(root, 'lib/cli/leash.mjs'), path.join(root, 'lib/cli', file)]
    const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    const keep = (text: Buffer): void => {
      said = (said + text).slice(-50_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    return child
  }
  const server = launch('serve.mjs')
  const withWorker = worker && existsSync(path.join(root, 'lib/cli/worker.ts'))
  const children = withWorker ? [server, launch('worker.ts')] : [server]
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    for (const child of children) child.kill(signal)
    await Promise.all(children.map(gone))
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await untilHealthy(url, server, () => said)
  } catch (error) {
    await end('SIGKILL')
    throw error
  }
  return {
    url,
    port,
    pid: server.pid ?? 0,
    output: () => said,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
