import { parentPort } from 'node:worker_threads'
import { reviewImport } from '../review-import.ts'

type Question = { id: number; input: Parameters<typeof reviewImport>[0] }

parentPort?.on('message', ({ id, input }: Question) => {
  try {
    parentPort?.postMessage({ id, output: reviewImport(input) })
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
