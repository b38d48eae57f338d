import { startNoticeWorker } from '#lib/notify/worker/notice-worker.ts'
import { startWorker } from '#lib/runs/worker/worker.ts'
import { closeDb } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'
import { log } from '#lib/server/log.ts'
import { serveWorkerMetrics } from '#lib/server/worker-metrics.ts'
import { keepSampleTargets } from './keep-sample-targets.ts'

/** The worker process, started by the supervisor beside the server. SIGTERM: ends what it does or gives it back. */
function main(): void {
  env()
  const worker = startWorker()
  const notices = startNoticeWorker()
  const samples = keepSampleTargets()
  const metrics = serveWorkerMetrics()
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    metrics?.close()
    await Promise.all([worker.stop(), notices.stop(), samples.stop()])
    await closeDb()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end())
  log().info('worker ready')
}

try {
  main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
