'use client'
import { useRef, useState } from 'react'
import { tooLarge } from '#components/too-large.ts'
import type { Refusal, Result } from '#lib/shared/result.ts'

const UNREACHABLE: Refusal = {
  code: 'unreachable',
  message: 'Countersign cannot be reached, so nothing was changed. Check your connection, then try again.',
}

/**
 * Sends one form through a server action: `pending` while it runs, the refusal when there is one. A second send of the
 * same try carries the same key, so that it cannot count twice.
 */
export function useFormAction<Input, Value>(
  action: (input: Input, key: string) => Promise<Result<Value>>,
): { pending: boolean; refusal: Refusal | null; send: (input: Input) => Promise<Result<Value>> } {
  const [pending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const key = useRef<string | null>(null)

  async function send(input: Input): Promise<Result<Value>> {
    const tooMuch = tooLarge(input)
    setRefusal(tooMuch)
    if (tooMuch) return { ok: false, refusal: tooMuch }
    setPending(true)
    key.current ??= crypto.randomUUID()
    const result = await action(input, key.current).catch(
      (): Result<Value> => ({ ok: false, refusal: UNREACHABLE }),
    )
    if (result.ok || result.refusal.code !== 'unreachable') key.current = null
    setPending(false)
    setRefusal(result.ok ? null : result.refusal)
    return result
  }
  return { pending, refusal, send }
}
