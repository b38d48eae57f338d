import { createHash } from 'node:crypto'

/** A free text on its way into the side table. The log holds `{textId, hash}` only. */
export type WrittenText = { textId: string; hash: string }
export type PendingText = WrittenText & { salt: Uint8Array<ArrayBuffer>; body: string }

/** SHA-256(salt || UTF-8 text), in hexadecimal: without the salt a short text could be guessed from its hash. */
export function textHash({ salt, body }: { salt: Uint8Array; body: string }): string {
  return createHash('sha256').update(salt).update(body, 'utf8').digest('hex')
}
