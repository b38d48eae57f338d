import type { Edit, EditOf, ItemPatch } from '#lib/templates/edits.ts'
import type { ImportReview, ReviewItem } from '#lib/templates/review-import.ts'

/** What an edit is about; the list holds one for each, so that each can be taken back alone. */
export function editId(edit: Edit): string {
  const field = edit.kind === 'item' ? Object.keys(edit.set).join(',') : ''
  const kind = edit.kind === 'make-text' || edit.kind === 'make-item' ? 'form' : edit.kind
  return `${kind}:${edit.line}:${field}`
}

export function withEdits(edits: readonly Edit[], more: readonly Edit[]): Edit[] {
  const ids = new Set(more.map(editId))
  return [...edits.filter((edit) => !ids.has(editId(edit))), ...more]
}

export function withoutEdit(edits: readonly Edit[], gone: Edit): Edit[] {
  const id = editId(gone)
  return edits.filter((edit) => editId(edit) !== id)
}

/** One edit for each setting of a patch. */
export function editsOf(at: number, patch: ItemPatch): EditOf<'item'>[] {
  return Object.entries(patch).map(([name, value]) => ({
    kind: 'item',
    line: at,
    set: { [name]: value } as ItemPatch,
  }))
}

/** What is usual is not written down: it would only make the file longer. */
export function plainly(patch: ItemPatch, sectionStage: string): ItemPatch {
  return {
    ...patch,
    ...(patch.stage === sectionStage ? { stage: null } : {}),
    ...(patch.grade === 'claimed' ? { grade: null } : {}),
    ...(patch.required === true ? { required: null } : {}),
  }
}

/**
 * True for an edit that asks for what the file says anyway, so that going back to where one began leaves nothing behind.
 * `review` knows what the file said as it was brought.
 */
export function isIdle(edit: Edit, review: Pick<ImportReview, 'items' | 'sections'>): boolean {
  if (edit.kind === 'stage') {
    return review.sections.some(
      ({ at, was, path }) => path.length > 0 && at === edit.line && was === edit.stage,
    )
  }
  if (edit.kind !== 'item') return false
  const said = review.items.find(({ at }) => at === edit.line)?.said ?? []
  return Object.entries(edit.set).every(
    ([name, value]) => value === null && !said.includes(name as keyof ItemPatch),
  )
}

/** What the list says about the item on a line; null where it says nothing. */
export function patchAt(edits: readonly Edit[], at: number): ItemPatch | null {
  const own = edits.flatMap((edit) => (edit.kind === 'item' && edit.line === at ? [edit.set] : []))
  return own.length === 0 ? null : Object.assign({}, ...own)
}

/** The item as its edits will make it, shown before the answer to them is in. */
export function withPatch(item: ReviewItem, patch: ItemPatch | null, sectionStage = item.stage): ReviewItem {
  if (patch === null) return item
  return {
    ...item,
    ownerRole: patch.role === undefined ? item.ownerRole : patch.role,
    minGrade: patch.grade === undefined ? item.minGrade : (patch.grade ?? 'claimed'),
    stage: patch.stage === null ? sectionStage : (patch.stage ?? item.stage),
    required: patch.required === undefined ? item.required : (patch.required ?? true),
    needsNote: patch.note === undefined ? item.needsNote : patch.note === true,
    probe: patch.probe === undefined ? item.probe : patch.probe,
  }
}

const NAMES: Record<keyof ItemPatch, string> = {
  role: 'ticked by',
  grade: 'counts when',
  stage: 'stage',
  required: 'required',
  shelf: 'stays fresh for',
  note: 'needs a note',
  tags: 'controls',
  id: 'id',
  probe: 'probe',
}

/** An edit in words, for the list of what was written. */
export function wordsOfEdit(edit: Edit): string {
  switch (edit.kind) {
    case 'make-text':
      return 'made plain text'
    case 'make-item':
      return 'made an item'
    case 'unwrap':
      return 'the fence around the list was taken away'
    case 'stage':
      return edit.stage === null ? 'stage comment taken away' : `stage: ${edit.stage}`
    case 'item':
      return Object.entries(edit.set)
        .map(([name, value]) => wordsOfSetting(name as keyof ItemPatch, value))
        .join(', ')
  }
}

function wordsOfSetting(name: keyof ItemPatch, value: unknown): string {
  if (name === 'required') return value === false ? 'optional' : 'required'
  if (name === 'note') return value === true ? 'needs a note' : 'needs no note'
  if (value === null) return `${NAMES[name]}: taken away`
  return `${NAMES[name]}: ${Array.isArray(value) ? value.join(', ') : String(value)}`
}
