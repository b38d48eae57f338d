import { hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { env } from './env.ts'

/** The instance's 32-byte root key: the environment's, else DATA_DIR/keys/root.key as the supervisor made it. */
function rootKey(): Buffer {
  const hex =
    env().COUNTERSIGN_ROOT_KEY ?? readFileSync(path.join(env().DATA_DIR, 'keys', 'root.key'), 'utf8').trim()
  return Buffer.from(hex, 'hex')
}

/** 32 bytes for one use, by HKDF-SHA-256 (RFC 5869) from the root key: a leaked key tells nothing about the others. */
export function deriveKey(use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', rootKey(), Buffer.alloc(0), `countersign/${use}/v1`, 32))
}
