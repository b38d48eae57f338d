import { createHash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of UTF-8 text or bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(input: string | Uint8Array): string {
  return createHash('sha256').update(input).digest('hex')
}
