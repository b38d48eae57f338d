import { createHash, hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { env } from './env.ts'

/** The instance's 32-byte root key: the environment's, else DATA_DIR/keys/root.key as the supervisor made it. */
function rootKey(): Buffer {
  const hex =
    env().COUNTERSIGN_ROOT_KEY ?? readFileSync(path.join(env().DATA_DIR, 'keys', 'root.key'), 'utf8').trim()
  return Buffer.from(hex, 'hex')
}

/** HKDF-SHA-256 (RFC 5869): a leaked key of one use tells nothing about the others. */
function derived(root: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `countersign/${use}/v1`, 32))
}

/** 32 bytes for one use, from the root key. */
export function deriveKey(use: string): Buffer {
  return derived(rootKey(), use)
}

/** A key and the name that tells it from others: the first 8 digits of a hash of it, which give nothing away. */
export type NamedKey = { id: string; key: Buffer }

function named(root: Buffer, use: string): NamedKey {
  const key = derived(root, use)
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key }
}

/** The key that things are sealed with now, and the one before it while a rotation is under way. */
export function sealingKeys(): readonly [NamedKey, ...NamedKey[]] {
  const old = env().COUNTERSIGN_OLD_ROOT_KEY
  const before = old === undefined ? [] : [named(Buffer.from(old, 'hex'), 'seal')]
  return [named(rootKey(), 'seal'), ...before]
}
