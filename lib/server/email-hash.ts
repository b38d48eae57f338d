import { createHmac } from 'node:crypto'
import { deriveKey } from './keys.ts'

/**
 * What the log and the rate limits may hold of an e-mail address: a keyed hash (HMAC-SHA-256, hex), so that whoever
 * reads the database alone cannot try addresses against it.
 */
export function emailHash(email: string): string {
  return createHmac('sha256', deriveKey('email-hash')).update(email.trim().toLowerCase()).digest('hex')
}
