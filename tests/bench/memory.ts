import { execFileSync } from 'node:child_process'
import { startServer } from '#tests/support/server.ts'
import type { Ground } from './ground.ts'
import { type Line, line } from './line.ts'
import { rateOf, SECONDS } from './rate.ts'
import { httpTicks } from './ticking.ts'

/** Resident memory of a process in megabytes. */
function resident(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}

/** A fresh server's resident memory after a second identical load against that after the first one. */
export async function memory(ground: Ground): Promise<Line> {
  const server = await startServer({ databaseUrl: ground.url, worker: false })
  try {
    const work = await httpTicks(ground, server.url)
    const { count } = await rateOf(work, { seconds: SECONDS * 2 })
    const reference = resident(server.pid)
    await rateOf(work, { count })
    return line('memory', { ours: resident(server.pid), reference, unit: 'MB' })
  } finally {
    await server.stop()
  }
}
