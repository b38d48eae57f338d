import { parentPort } from 'node:worker_threads'
import { checkSource } from '../check-source.ts'

parentPort?.on('message', ({ id, input }: { id: number; input: string }) => {
  try {
    parentPort?.postMessage({ id, output: checkSource(input) })
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
