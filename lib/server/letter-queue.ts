import type { Tx } from './db.ts'
import { listen } from './live.ts'
import { LIVE_CHANNEL } from './live-hint.ts'

const QUEUE = 'letter-queue'

/** Wakes every worker when the transaction commits, and not at all when it does not. */
export async function wakeLetterWorkers(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${QUEUE})`
}

/** Calls `wake` when letters were queued, and after each reconnect. Returns the way to stop. */
export function onLetterQueue(wake: () => void): () => void {
  return listen(QUEUE, wake)
}
