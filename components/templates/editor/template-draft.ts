import type { Json } from '#lib/shared/result.ts'

/** What the editor keeps while nothing is published: the text as the editor holds it, and the version it was made from. */
export type TemplateDraft = { text: string; basedOn: number; note: string }

/** A kept draft, or null when it has another shape. */
export function readTemplateDraft(kept: Json): TemplateDraft | null {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
  const { text, basedOn, note } = kept
  if (typeof text !== 'string' || typeof basedOn !== 'number' || typeof note !== 'string') return null
  return { text, basedOn, note }
}
