import { sha256Hex } from '#lib/shared/digest.ts'
import { slugify } from '#lib/shared/slug.ts'

/** Longest key of an item, a section, a step, a trigger or a fact; also the longest id that an annotation may give. */
export const KEY_MAX_LENGTH = 64

const READABLE_PART = 40
const DIGEST_PART = 8

/**
 * A key that stays the same while path and text do: the readable part is a courtesy, the digest tells apart what the
 * slug cannot (two "Database" sections, texts in other scripts, texts that differ in a sign).
 */
export function deriveKey({ within, text }: { within: string; text: string }): string {
  const digest = sha256Hex(`${within}\u0000${identityText(text)}`).slice(0, DIGEST_PART)
  const readable = slugify(text).slice(0, READABLE_PART).replace(/-+$/, '')
  return readable === '' ? digest : `${readable}-${digest}`
}

/** The text as far as identity goes: case, spacing and marks of emphasis may change without making another item. */
export function identityText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[*_`~]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** True for an id that may stand in an annotation: it goes into addresses and selectors as it is. */
export function isKey(text: string): boolean {
  return text.length <= KEY_MAX_LENGTH && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)
}

/** Gives out keys so that each is unique; a second use of the same one gets `-2`, a third `-3`. */
export function createKeyring(): { take: (wanted: string) => string; has: (key: string) => boolean } {
  const taken = new Set<string>()
  const next = new Map<string, number>()
  return {
    has: (key) => taken.has(key),
    take: (wanted) => {
      let key = wanted
      for (let number = next.get(wanted) ?? 2; taken.has(key); number++) {
        const suffix = `-${number}`
        key = wanted.slice(0, KEY_MAX_LENGTH - suffix.length) + suffix
        next.set(wanted, number + 1)
      }
      taken.add(key)
      return key
    },
  }
}
