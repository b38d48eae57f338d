import { parentPort } from 'node:worker_threads'
import { readReport } from '#lib/probes/reports/read-report.ts'
import type { ReportQuestion } from './report-aside.ts'

parentPort?.on('message', async ({ id, input }: { id: number; input: ReportQuestion }) => {
  try {
    parentPort?.postMessage({ id, output: await readReport({ chunks: [input.bytes], format: input.format }) })
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
