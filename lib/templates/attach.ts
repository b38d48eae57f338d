import { type Annotation, readAnnotations } from './annotations.ts'
import type { Drafts, ItemDraft } from './drafts.ts'
import type { Span } from './source.ts'
import { lineEnd, positionAt } from './source.ts'

/**
 * Gives each annotation in the comments to what it is about: the item it stands in (`owner`), else the item whose line it is on
 * or directly under; a stage to the section, a slot to the document.
 */
export function attachAnnotations(input: {
  drafts: Drafts
  comments: Span[]
  section: number
  owner: ItemDraft | null
}): void {
  const { drafts, comments, section, owner } = input
  const { source } = drafts
  for (const { start, end } of comments) {
    const { annotations, problems } = readAnnotations({ source, start, end })
    drafts.problems.push(...problems)
    drafts.annotations.push(...annotations)
    for (const annotation of annotations) {
      if (annotation.kind === 'slot') drafts.slots.push(annotation)
      else if (annotation.kind === 'stage') setStage(drafts, section, annotation)
      else {
        const item = owner ?? nearestItem(drafts, annotation.line)
        if (item === null) {
          drafts.problems.push({
            ...positionAt(source, annotation.start),
            message: `${annotation.kind}: no item stands here`,
            fix: 'put the comment at the end of an item or on the line below it',
          })
        } else attach(drafts, item, annotation)
      }
    }
  }
}

function attach(drafts: Drafts, item: ItemDraft, annotation: Annotation): void {
  item.annotations.push(annotation)
  // Evidence goes below the annotations, so that they keep touching their item.
  if (annotation.line > item.lastLine + 1 || item.place.evidencePrefix === null) return
  item.lastLine = Math.max(item.lastLine, annotation.endLine)
  item.place.evidenceAt = Math.max(item.place.evidenceAt, lineEnd(drafts.source, item.lastLine))
}

function nearestItem(drafts: Drafts, line: number): ItemDraft | null {
  for (let index = drafts.items.length - 1; index >= 0; index--) {
    const item = drafts.items[index]
    if (item === undefined || item.lastLine < line - 1) return null
    if (item.line <= line && line <= item.lastLine + 1) return item
  }
  return null
}

function setStage(drafts: Drafts, section: number, annotation: Extract<Annotation, { kind: 'stage' }>): void {
  const draft = drafts.sections[section]
  if (draft === undefined) return
  if (draft.annotated !== null)
    drafts.problems.push({
      ...positionAt(drafts.source, annotation.start),
      message: 'stage: this section already has a stage',
      fix: 'keep one stage comment for a section',
    })
  draft.annotated = annotation.stage
}
