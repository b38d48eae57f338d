import type { Stage } from '#lib/shared/codes.ts'
import type { Drafts, SectionDraft } from './drafts.ts'
import { createKeyring, deriveKey } from './identity.ts'
import type { StageOrigin, TemplateSection } from './model.ts'
import { stageOfHeading } from './stages.ts'

/** Opens a section under the nearest one of lesser depth, seen from section `from`. Returns its index. */
export function openSection(
  drafts: Drafts,
  section: { from: number | null; depth: number; title: string; line: number; isTitle: boolean },
): number {
  const { from, ...rest } = section
  let parent = from
  while (parent !== null && (drafts.sections[parent]?.depth ?? 0) >= section.depth) {
    parent = drafts.sections[parent]?.parent ?? null
  }
  drafts.sections.push({ ...rest, parent, annotated: null })
  return drafts.sections.length - 1
}

/**
 * Settles key, path and stage of every section, one for each draft and in the same order. Parents stand before children,
 * so one pass is enough.
 */
export function settleSections(drafts: SectionDraft[], fallbackTitle: string): TemplateSection[] {
  const keys = createKeyring()
  const settled: TemplateSection[] = []
  const annotated: (Stage | null)[] = []
  for (const draft of drafts) {
    const parent = draft.parent === null ? undefined : settled[draft.parent]
    const above = draft.parent === null ? null : (annotated[draft.parent] ?? null)
    const title = draft.title === '' && draft.isTitle ? fallbackTitle : draft.title
    annotated.push(draft.annotated ?? above)
    settled.push({
      key: draft.isTitle
        ? keys.take('top')
        : keys.take(deriveKey({ within: parent?.key ?? '', text: title })),
      path: draft.isTitle ? [] : [...(parent?.path ?? []), title],
      title,
      ...stageOf({ draft, parent, above }),
      line: draft.line,
    })
  }
  return settled
}

/** An annotation decides over all, its own before an outer one; then the nearest heading with a hit; else prepare. */
function stageOf(input: { draft: SectionDraft; parent: TemplateSection | undefined; above: Stage | null }): {
  stage: Stage
  stageFrom: StageOrigin
} {
  const { draft, parent, above } = input
  const annotated = draft.annotated ?? above
  if (annotated !== null) return { stage: annotated, stageFrom: 'annotation' }
  const named = draft.isTitle ? null : stageOfHeading(draft.title)
  if (named !== null) return { stage: named, stageFrom: 'heading' }
  if (parent === undefined || parent.stageFrom === 'default')
    return { stage: 'prepare', stageFrom: 'default' }
  return { stage: parent.stage, stageFrom: 'parent' }
}
