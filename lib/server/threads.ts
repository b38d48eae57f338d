import path from 'node:path'
import { Worker } from 'node:worker_threads'

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void; timer: NodeJS.Timeout }
type Thread = { worker: Worker; waiting: Map<number, Waiting>; next: number }

const kept = globalThis as typeof globalThis & { countersignThreads?: Map<string, Thread> }
kept.countersignThreads ??= new Map()
const threads = kept.countersignThreads

/** The work took longer than it may; its thread was ended. */
export class ThreadTooSlow extends Error {}

/**
 * Asks a file that answers `{id, input}` with `{id, output}` or `{id, error}`, in a thread of its own, so that long work
 * keeps nobody else waiting. One thread a file, begun at the first question; questions wait for each other. `file` is a
 * path from the project's root, read as it stands there.
 */
export function askThread<Output>(
  file: string,
  input: unknown,
  { timeoutMs }: { timeoutMs: number },
): Promise<Output> {
  const thread = threads.get(file) ?? begin(file)
  const id = thread.next++
  return new Promise<unknown>((resolve, reject) => {
    const timer = setTimeout(() => end(file, thread, new ThreadTooSlow(`${file} took too long`)), timeoutMs)
    thread.waiting.set(id, { resolve, reject, timer })
    thread.worker.ref()
    thread.worker.postMessage({ id, input })
  }) as Promise<Output>
}

function begin(file: string): Thread {
  const worker = new Worker(path.join(/* turbopackIgnore: true */ process.cwd(), file), {
    execArgv: ['--conditions=react-server', '--disable-warning=ExperimentalWarning'],
  })
  const thread: Thread = { worker, waiting: new Map(), next: 1 }
  worker.on('message', ({ id, output, error }: { id: number; output?: unknown; error?: string }) => {
    const asked = thread.waiting.get(id)
    if (asked === undefined) return
    thread.waiting.delete(id)
    clearTimeout(asked.timer)
    if (thread.waiting.size === 0) worker.unref()
    if (error === undefined) asked.resolve(output)
    else asked.reject(new Error(error))
  })
  worker.on('error', (error) => end(file, thread, error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => end(file, thread, new Error(`${file} ended`)))
  worker.unref()
  threads.set(file, thread)
  return thread
}

function end(file: string, thread: Thread, error: Error): void {
  if (threads.get(file) === thread) threads.delete(file)
  for (const { reject, timer } of thread.waiting.values()) {
    clearTimeout(timer)
    reject(error)
  }
  thread.waiting.clear()
  void thread.worker.terminate()
}
