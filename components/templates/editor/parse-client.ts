import type { MatchModel } from '#lib/templates/matching.ts'
import type { ParseAnswer, ParseRequest } from './parse-messages.ts'

const PATIENCE_MS = 20_000

export type ParseClient = {
  ask: (text: string, earlier?: MatchModel) => Promise<ParseAnswer>
  close: () => void
}

/** A thread that reads checklists; `ask` fails when the thread cannot be started. */
export function startParser(): ParseClient {
  const thread = new Worker(new URL('./parse-thread.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, { done: (answer: ParseAnswer) => void; fail: (why: Error) => void }>()
  let last = 0
  thread.addEventListener('message', ({ data }: MessageEvent<ParseAnswer>) => {
    waiting.get(data.id)?.done(data)
    waiting.delete(data.id)
  })
  thread.addEventListener('error', ({ message }) => {
    for (const { fail } of waiting.values()) fail(new Error(message || 'The thread did not start.'))
    waiting.clear()
  })
  return {
    ask: (text, earlier) =>
      new Promise((done, fail) => {
        const request: ParseRequest = { id: ++last, text, earlier: earlier ?? null }
        waiting.set(request.id, { done, fail })
        // A thread whose script does not load may never say so.
        window.setTimeout(() => fail(new Error('The thread does not answer.')), PATIENCE_MS)
        thread.postMessage(request)
      }),
    close: () => thread.terminate(),
  }
}
