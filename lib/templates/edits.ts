import { z } from 'zod'
import { STAGES } from '#lib/shared/codes.ts'

const text = z.string().max(8_192)

/** What is to be said about one item. A value writes it down, null takes what is written away, absent leaves it. */
export const itemPatchSchema = z.object({
  role: text.nullable().optional(),
  grade: z.enum(['claimed', 'witnessed', 'observed']).nullable().optional(),
  stage: z.enum(STAGES).nullable().optional(),
  required: z.boolean().nullable().optional(),
  /** As written: `24h`. */
  shelf: text.nullable().optional(),
  note: z.literal(true).nullable().optional(),
  tags: z.array(text).max(50).nullable().optional(),
  id: text.nullable().optional(),
  /** What stands behind `probe:`. */
  probe: text.nullable().optional(),
})
export type ItemPatch = z.infer<typeof itemPatchSchema>

const line = z.number().int().min(1)

/**
 * One wish about a Markdown source. Lines count from 1 in the source as it is *before* any edit of the list, so that edits
 * can be taken back one by one: an item stands on the line of its box, a section on its heading's, a fence on its first.
 */
export const editSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('item'), line, set: itemPatchSchema }),
  z.object({ kind: z.literal('stage'), line, stage: z.enum(STAGES).nullable() }),
  z.object({ kind: z.enum(['make-text', 'make-item', 'unwrap']), line }),
])
export type Edit = z.infer<typeof editSchema>
export type EditOf<Kind extends Edit['kind']> = Extract<Edit, { kind: Kind }>
export type FormEdit = { kind: 'make-text' | 'make-item' | 'unwrap'; line: number }
