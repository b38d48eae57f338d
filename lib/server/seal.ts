import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { canonical } from '#lib/shared/canonical.ts'
import { sealingKeys } from './keys.ts'

/**
 * Where a sealed text belongs: authenticated with it, so that a ciphertext copied to another row does not open there. What each
 * part is stands in `place`, from the widest to the narrowest.
 */
export type SealedPlace = { use: string; place: readonly string[] }

/** `v1.KEY.IV.CIPHERTEXT`: the key's id, then base64url; the last 16 bytes are the tag. */
const SEALED = /^v1\.([0-9a-f]{8})\.([\w-]{16})\.([\w-]+)$/
const TAG_BYTES = 16

function bound({ use, place }: SealedPlace, keyId: string): Buffer {
  return Buffer.from(canonical(['countersign', use, 'v1', keyId, ...place]))
}

/** AES-256-GCM (NIST SP 800-38D) under the instance's sealing key, with a random 96-bit IV. */
export function seal(text: string, at: SealedPlace): string {
  const [{ id, key }] = sealingKeys()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(bound(at, id))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `v1.${id}.${iv.toString('base64url')}.${body.toString('base64url')}`
}

/** The id of the key that a sealed text needs; null when it is none of ours. */
export function keyIdOf(sealed: string): string | null {
  return SEALED.exec(sealed)?.[1] ?? null
}

/** The ids of the keys that this instance has, the one in use first. */
export function keyIds(): string[] {
  return sealingKeys().map(({ id }) => id)
}

/** Why a sealed text cannot be opened here, by its key alone; null when it can be tried. */
export function unopenable(sealed: string): string | null {
  const wanted = keyIdOf(sealed)
  const [own = '', ...before] = keyIds()
  if (wanted === null) return 'it is damaged'
  if (own === wanted || before.includes(wanted)) return null
  return `it was sealed with key ${wanted}, and this instance has key ${own}`
}

export type Opened = { ok: true; text: string } | { ok: false; why: string }

export function open(sealed: string, at: SealedPlace): Opened {
  const why = unopenable(sealed)
  if (why !== null) return { ok: false, why }
  const [, id = '', iv = '', body = ''] = SEALED.exec(sealed) ?? []
  const found = sealingKeys().find((named) => named.id === id)
  const bytes = Buffer.from(body, 'base64url')
  if (!found || bytes.length < TAG_BYTES) return { ok: false, why: 'it is damaged' }
  const decipher = createDecipheriv('aes-256-gcm', found.key, Buffer.from(iv, 'base64url'), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(bound(at, id))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()])
    return { ok: true, text: text.toString('utf8') }
  } catch {
    return { ok: false, why: 'it is damaged, or was sealed for another place' }
  }
}
