import { askThread } from '#lib/server/threads.ts'
import { type CheckedSource, checkSource } from '../check-source.ts'
import { PATIENCE_MS, SHORT } from './patience.ts'

/** What publishing makes of a text; a long one is read in a thread, so that nobody's tick waits for it. */
export async function checkAside(source: string): Promise<CheckedSource> {
  if (source.length < SHORT) return checkSource(source)
  return askThread<CheckedSource>('lib/templates/worker/check-thread.ts', source, { timeoutMs: PATIENCE_MS })
}
