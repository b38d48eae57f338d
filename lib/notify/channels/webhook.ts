import { EgressFailure } from '#lib/server/egress/failure.ts'
import { exchange } from '#lib/server/egress/http.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import type { MailAnswer } from '#lib/server/mail.ts'
import type { AllowEntry } from '#lib/shared/allow-entry.ts'

const PATIENCE_MS = 20_000
/** Of the answer only the status counts. */
const MOST_BYTES = 65_536

/**
 * Posts one JSON body through the guard, redirects not followed. Never throws for what the address or the network does. A
 * refusal by the allow-list and an answer of 4xx will not get better by themselves; 408, 425, 429 and 5xx may.
 */
export async function postWebhook({
  url,
  headers,
  body,
  allowList,
  secrets = [],
  resolve,
  signal = AbortSignal.timeout(PATIENCE_MS),
}: {
  url: URL
  headers: readonly { name: string; value: string }[]
  body: string
  allowList: readonly AllowEntry[]
  /** What no name server is told. */
  secrets?: readonly string[]
  /** The system's unless given. */
  resolve?: Resolve
  signal?: AbortSignal
}): Promise<MailAnswer> {
  try {
    const { status } = await exchange(
      {
        method: 'POST',
        url,
        headers: [
          { name: 'content-type', value: 'application/json' },
          { name: 'user-agent', value: 'countersign' },
          ...headers,
        ],
        body,
        maxBytes: MOST_BYTES,
      },
      { allowList, secrets, signal, resolve },
    )
    if (status >= 200 && status < 300) return { taken: true, words: `${url.hostname} answered ${status}` }
    const again = status >= 500 || status === 408 || status === 425 || status === 429
    return { taken: false, again, words: `${url.hostname} answered ${status}` }
  } catch (error) {
    if (signal.aborted)
      return {
        taken: false,
        again: true,
        words: `${url.hostname} did not answer within ${PATIENCE_MS / 1000} s`,
      }
    if (!(error instanceof EgressFailure)) throw error
    return {
      taken: false,
      again: error.kind !== 'blocked',
      words: error.kind === 'blocked' ? error.message : `${url.hostname}: ${error.message}`,
    }
  }
}
