import type { Refusal } from '#lib/shared/result.ts'

/** A rule's way to say no, in words for the person who asked. */
export function refused(
  code: string,
  message: string,
  more: Partial<Refusal> = {},
): { kind: 'refused'; refusal: Refusal } {
  return { kind: 'refused', refusal: { code, message, ...more } }
}
