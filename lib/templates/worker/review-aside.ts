import { askThread } from '#lib/server/threads.ts'
import { type ImportReview, reviewImport } from '../review-import.ts'
import { PATIENCE_MS, SHORT } from './patience.ts'

/** The review of a text; a long one is read in a thread, so that no board waits for it. */
export async function reviewAside(input: Parameters<typeof reviewImport>[0]): Promise<ImportReview> {
  if (input.source.length < SHORT) return reviewImport(input)
  return askThread<ImportReview>('lib/templates/worker/review-thread.ts', input, { timeoutMs: PATIENCE_MS })
}
