import { z } from 'zod'
import { LARGEST_COUNT } from '#lib/shared/count.ts'
import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'

const TOO_LONG = `At most ${LIMITS.noteBytes.toLocaleString('en')} bytes of text.`
const fits = (text: string) => utf8Bytes(text) <= LIMITS.noteBytes
// PostgreSQL stores no NUL, and a lone surrogate has no UTF-8 to be hashed.
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\u0000')
const NOT_TEXT = 'This holds a character that is not text.'

/** How every command of a run names it. */
export const runAddress = z.object({
  team: z.string(),
  service: z.string(),
  number: z.int().min(1).max(LARGEST_COUNT),
})

/** One item of a run. `version`: the item's version that the page showed. */
export const itemAddress = runAddress.extend({ key: z.string().max(200), version: z.int().min(0) })

/** What a person may type; null when only blanks are. */
export const optionalText = z
  .string()
  .refine(fits, TOO_LONG)
  .refine(isStorable, NOT_TEXT)
  .transform((text) => text.trim() || null)
  .nullable()
  .default(null)

/** What a person has to type. */
export function requiredText(missing: string) {
  return z
    .string({ error: missing })
    .refine(fits, TOO_LONG)
    .refine(isStorable, NOT_TEXT)
    .trim()
    .min(1, missing)
}
