'use client'
import { useCallback, useRef, useState } from 'react'
import type { Action } from '#lib/door/action.ts'
import type { Refusal, Result } from '#lib/shared/result.ts'
import { sendCommand } from './send-command.ts'

export type CommandState<Input, Value> = {
  /** Sends once: while an answer is awaited a second call does nothing and gives null. */
  send: (input: Input) => Promise<Result<{ value: Value; seq: number }> | null>
  pending: boolean
  /** Why the last one was not carried out; gone with the next one. */
  refusal: Refusal | null
  clear: () => void
}

/** One command from a form or a button: its own key a click, pending state, the refusal in words. */
export function useCommand<Input, Value>(
  action: Action<Input, Value>,
  label = 'A change',
): CommandState<Input, Value> {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const busy = useRef(false)

  const send = useCallback(
    async (input: Input) => {
      if (busy.current) return null
      busy.current = true
      setPending(true)
      setRefusal(null)
      const answer = await sendCommand({ action, input, label })
      busy.current = false
      setPending(false)
      if (!answer.ok) setRefusal(answer.refusal)
      return answer
    },
    [action, label],
  )
  const clear = useCallback(() => setRefusal(null), [])
  return { send, pending, refusal, clear }
}
