import { askThread } from '#lib/server/threads.ts'
import { type ImportReview, reviewImport } from '../review-import.ts'

/** Shorter texts are read at once: less work than sending them to a thread and back, in UTF-16 units. */
const SHORT = 60_000
const PATIENCE_MS = 60_000

/** The review of a text; a long one is read in a thread, so that no board waits for it. */
export async function reviewAside(input: Parameters<typeof reviewImport>[0]): Promise<ImportReview> {
  if (input.source.length < SHORT) return reviewImport(input)
  return askThread<ImportReview>('lib/templates/worker/review-thread.ts', input, { timeoutMs: PATIENCE_MS })
}
