import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach } from 'vitest'

export type WorkerProcess = {
  child: ChildProcess
  /** What it wrote so far, parsed line by line. */
  lines: () => Record<string, unknown>[]
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

const running: WorkerProcess[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.end('SIGKILL')))
})

/** A real worker on the test's database, as the supervisor starts one; killed after the test. Resolves when it is ready. */
export async function startWorkerProcess(databaseUrl: string): Promise<WorkerProcess> {
  const program = path.resolve(import.meta.dirname, '../../../lib/cli/worker.ts')
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const exited = once(child, 'exit')
  const worker: WorkerProcess = {
    child,
    lines: () =>
      output
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
      return child.exitCode
    },
  }
  running.push(worker)
  while (!output.includes('worker ready')) {
    if (child.exitCode !== null) throw new Error(`the worker ended: ${complaint}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return worker
}
