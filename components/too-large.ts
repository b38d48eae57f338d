import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'
import type { Refusal } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'

/** Why this is not even sent, or null. Next cuts off a body that is too long, and its answer would say nothing. */
export function tooLarge(input: unknown): Refusal | null {
  const size = utf8Bytes(JSON.stringify(input) ?? '')
  if (size <= LIMITS.actionBytes) return null
  return {
    code: 'too_large',
    message: `This is ${sizeWords(size)}; at most ${sizeWords(LIMITS.actionBytes)} can be sent at once, so nothing was sent and your text is still here. Shorten it, or split it in two.`,
  }
}
