import { repeat } from '#lib/runs/worker/repeat.ts'
import { onLetterQueue } from '#lib/server/letter-queue.ts'
import { log } from '#lib/server/log.ts'
import { claimLetters } from './deliveries.ts'
import { sendLetter } from './send-letter.ts'

/** How many at once in one process. */
const PARALLEL = 4
const IDLE_MS = 2_000

/** Sends queued letters until stopped. Any number of workers share one database: each leases what it sends. */
export function startNoticeWorker(): { stop: () => Promise<void> } {
  const rounds = repeat({
    name: 'notice',
    everyMs: IDLE_MS,
    work: async () => {
      for (;;) {
        const letters = await claimLetters(PARALLEL)
        if (letters.length === 0) return
        await Promise.all(
          letters.map((letter) =>
            // Its lease runs out, and the letter is tried again.
            sendLetter(letter).catch((error) =>
              log().error({ err: error, letter: letter.id }, 'notice: the letter broke off'),
            ),
          ),
        )
      }
    },
  })
  const stopListening = onLetterQueue(rounds.wake)
  return {
    stop: async () => {
      stopListening()
      await rounds.stop()
    },
  }
}
