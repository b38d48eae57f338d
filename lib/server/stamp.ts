import { createHmac, timingSafeEqual } from 'node:crypto'
import { deriveKey } from './keys.ts'

const USE = 'shown-manifest'

/** Marks a text as one that this instance showed (HMAC-SHA-256), so that it can come back from a browser unchanged. */
export function stamp(text: string): string {
  return createHmac('sha256', deriveKey(USE)).update(text).digest('base64url')
}

export function isStamped({ text, mark }: { text: string; mark: string }): boolean {
  const wanted = Buffer.from(stamp(text))
  const given = Buffer.from(mark)
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
