import { log } from '#lib/server/log.ts'

const SLOWEST_MS = 15_000

export type Repeated = { wake: () => void; stop: () => Promise<void> }

/**
 * Does `work` when woken and at least every `everyMs`, never twice at once; being woken while it works means once more.
 * A surprise is logged and tried again ever more slowly, as when the database is away. `stop` resolves when the turn under
 * way has ended.
 */
export function repeat({
  name,
  work,
  everyMs,
}: {
  name: string
  work: () => Promise<void>
  everyMs: number
}): Repeated {
  let stopped = false
  let again = false
  let turn: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let failures = 0

  const wake = () => {
    if (stopped) return
    if (turn) {
      again = true
      return
    }
    clearTimeout(timer)
    turn = work()
      .then(() => {
        failures = 0
      })
      .catch((error) => {
        failures += 1
        log().error({ err: error }, `${name}: this turn failed and is tried again`)
      })
      .then(() => {
        turn = null
        if (stopped) return
        const slower = Math.min(SLOWEST_MS, everyMs * 2 ** Math.min(failures, 6))
        timer = setTimeout(wake, Math.max(everyMs, slower))
        if (!again || failures > 0) return
        again = false
        wake()
      })
  }
  wake()
  return {
    wake,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await turn
    },
  }
}
