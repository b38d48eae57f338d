import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'

const HEX = /^[0-9a-f]{64}$/i

/** The 32-byte root key as hex: COUNTERSIGN_ROOT_KEY, else DATA_DIR/keys/root.key, made on first need (mode 0600). */
export function rootKey(dataDir, env = process.env) {
  if (env.COUNTERSIGN_ROOT_KEY) {
    if (HEX.test(env.COUNTERSIGN_ROOT_KEY)) return env.COUNTERSIGN_ROOT_KEY
    throw new Failure('COUNTERSIGN_ROOT_KEY must be 32 bytes written as 64 hexadecimal digits.')
  }
  const folder = path.join(dataDir, 'keys')
  const file = path.join(folder, 'root.key')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Written whole under another name first: a full disk must not leave half a key behind.
    const draft = `${file}.${process.pid}`
    try {
      writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true })
      linkSync(draft, file)
    } finally {
      rmSync(draft, { force: true })
    }
  }
  const key = readFileSync(file, 'utf8').trim()
  if (HEX.test(key)) return key
  throw new Failure(`${file} does not hold 64 hexadecimal digits: restore it from the backup.`)
}

/** A secret for one use, derived as lib/server/keys.ts does (HKDF-SHA-256), in hex. */
export function deriveSecret(key, use) {
  const info = `countersign/${use}/v1`
  return Buffer.from(hkdfSync('sha256', Buffer.from(key, 'hex'), Buffer.alloc(0), info, 32)).toString('hex')
}
