import { log } from '#lib/server/log.ts'

export type Repeated = { wake: () => void; stop: () => Promise<void> }

/**
 * Does `work` when woken and at least every `everyMs`, never twice at once; being woken while it works means once more.
 * A surprise is logged and the next turn tries again. `stop` resolves when the turn under way has ended.
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

  const wake = () => {
    if (stopped) return
    if (turn) {
      again = true
      return
    }
    clearTimeout(timer)
    turn = work()
      .catch((error) => log().error({ err: error }, `${name}: this turn failed, the next one tries again`))
      .then(() => {
        turn = null
        if (stopped) return
        timer = setTimeout(wake, everyMs)
        if (!again) return
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
