import type { Action } from '#lib/door/action.ts'
import { type Refusal, type Result, refuse } from '#lib/shared/result.ts'
import { waitForNetwork } from './command-queue.ts'
import { tooLarge } from './too-large.ts'

const RETRY_MS = 800

const UNHEARD: Refusal = {
  code: 'network',
  message:
    'The server did not answer. What you did may have arrived: the page shows what is true as soon as the connection is back. If it is not there then, do it again.',
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, RETRY_MS))

/**
 * Sends one command to the server. Offline it waits in the queue until the network is back; an answer that got lost is
 * asked for once more under the same key, so that it is never carried out twice. Never throws.
 */
export async function sendCommand<Input, Value>({
  action,
  input,
  label,
}: {
  action: Action<Input, Value>
  input: Input
  /** What waits, in words, while there is no network. */
  label: string
}): Promise<Result<{ value: Value; seq: number }>> {
  const tooMuch = tooLarge(input)
  if (tooMuch) return refuse(tooMuch)
  const key = crypto.randomUUID()
  if (!navigator.onLine) await waitForNetwork({ id: key, label })
  try {
    return await action(input, key)
  } catch {
    if (navigator.onLine) await pause()
    else await waitForNetwork({ id: key, label })
  }
  try {
    return await action(input, key)
  } catch {
    return refuse(UNHEARD)
  }
}
