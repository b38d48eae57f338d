import type { Stage } from '#lib/shared/codes.ts'
import type { Annotation } from './annotations.ts'
import { withoutComments } from './inline-comments.ts'
import type { ItemForm, ItemPlace, RolePlace, TemplateProblem } from './model.ts'
import { lineAt, type Source } from './source.ts'

/** What the walk collects before stages, keys and facts can be settled: an annotation may stand behind what it sets. */
export type Drafts = {
  source: Source
  sections: SectionDraft[]
  items: ItemDraft[]
  steps: StepDraft[]
  triggers: { text: string; line: number; section: number }[]
  roles: { role: string; line: number; place: RolePlace }[]
  /** Every annotation that was understood, in document order. */
  annotations: Annotation[]
  slots: Extract<Annotation, { kind: 'slot' }>[]
  problems: TemplateProblem[]
  /** Lines, by number, of which something was made. */
  used: Set<number>
  ordinal: number
  blocks: number
}

export type SectionDraft = {
  parent: number | null
  depth: number
  title: string
  line: number
  /** The document's own title groups everything and says nothing about a stage. */
  isTitle: boolean
  annotated: Stage | null
}

export type ItemDraft = {
  section: number
  form: ItemForm
  ordinal: number
  text: string
  start: number
  line: number
  /** Last line of all that stands in or under the item. */
  endLine: number
  /** What a table's columns say of owner and expected result. */
  told: { owner: string | null; expected: string | null }
  /** Last line of the item's own text and annotations: an annotation on the next line still belongs to it. */
  lastLine: number
  checked: boolean
  depth: number
  detail: string | null
  place: ItemPlace
  annotations: Annotation[]
}

export type StepDraft = {
  section: number
  ordinal: number
  title: string
  commands: string
  line: number
  endLine: number
  block: number
}

export function createDrafts(source: Source): Drafts {
  return {
    source,
    sections: [],
    items: [],
    steps: [],
    triggers: [],
    roles: [],
    annotations: [],
    slots: [],
    problems: [],
    used: new Set(),
    ordinal: 0,
    blocks: 0,
  }
}

/** Marks the lines between two offsets as understood. */
export function markUsed(drafts: Drafts, start: number, end: number): void {
  const last = lineAt(drafts.source, Math.max(start, end - 1))
  for (let line = lineAt(drafts.source, start); line <= last; line++) drafts.used.add(line)
}

/** Inline Markdown between two offsets as one line, comments and the marks of quoting left out. */
export function inlineText({ source, start, end }: { source: Source; start: number; end: number }): string {
  return (
    withoutComments({ text: source.text, start, end })
      // Blanks first: a long row of them before a line's end would be tried again from each of them.
      .replace(/[ \t]{2,}/g, ' ')
      .replace(/[ \t]?(?:\r\n|\n|\r)[ \t>]*/g, ' ')
      .replace(/ {2,}/g, ' ')
      .trim()
  )
}
