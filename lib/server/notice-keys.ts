import { createHmac } from 'node:crypto'
import { deriveKey } from './keys.ts'

/**
 * The secret end of a receiver's link: 256 bits from the root key, so that the database alone, which keeps its hash, gives
 * nobody a link, and every try of a letter carries the same one.
 */
export function noticeToken(receiverId: string): string {
  return createHmac('sha256', deriveKey('notice-link')).update(receiverId).digest('base64url')
}

/** The key that signs the webhooks of one environment; another `number` gives another. */
export function webhookKey({ environmentId, number }: { environmentId: string; number: number }): Buffer {
  return deriveKey(`webhook/${environmentId}/${number}`)
}
