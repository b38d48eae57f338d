import type { ProbeConfig } from '#lib/probes/config.ts'
import type { Grade, Stage } from '#lib/shared/codes.ts'
import type { NoticeConfig } from './notice.ts'

/**
 * What the importer understood of one Markdown source. Plain JSON: it is frozen into template versions and runs.
 * Lines and columns count from 1. Offsets are UTF-16 code units of the source string, byte order mark included,
 * so that an export is the source with a few splices and nothing is ever printed from the tree.
 */
export type TemplateModel = {
  v: 1
  title: string
  sections: TemplateSection[]
  items: TemplateItem[]
  steps: TemplateStep[]
  triggers: TemplateTrigger[]
  roles: TemplateRole[]
  facts: TemplateFact[]
  meta: { version: string | null; updated: string | null; owner?: string | null }
  /** Lines that stay prose: nothing was made of them, and nothing of them was lost. */
  keptAsText: { line: number; text: string }[]
  problems: TemplateProblem[]
}

/** Where a section's stage was taken from; the import review shows it as a guess unless it was annotated. */
export type StageOrigin = 'annotation' | 'heading' | 'parent' | 'default'

export type TemplateSection = {
  key: string
  /** Titles from the outermost heading inwards; the document's own title is not part of it. */
  path: string[]
  title: string
  stage: Stage
  stageFrom: StageOrigin
  line: number
}

/** How the source wrote the item. `task` is a GFM task list item; the others are the documented extra forms. */
export type ItemForm = 'task' | 'bullet' | 'line' | 'table' | 'heading'

export type TemplateItem = {
  /** Unique in the version. An item that continues one of the version before keeps that one's key: history goes by it. */
  key: string
  /** The id that its annotation gives, where there is one. */
  id?: string
  /** Document order, shared with steps. */
  ordinal: number
  sectionKey: string
  form: ItemForm
  /** Inline Markdown of the item's own paragraph, without box and comments, on one line. See `inline.ts`. */
  text: string
  line: number
  checkedInSource: boolean
  /** 0 for a top item, 1 for an item inside an item, and so on. */
  depth: number
  /** Markdown of what stands under the item and is neither an item nor a step, or null. */
  detail: string | null
  stage: Stage
  required: boolean
  ownerRole: string | null
  minGrade: Grade
  shelfLifeSeconds: number | null
  probe: ProbeConfig | null
  /** Who is told of it and acknowledges; absent where nobody is. */
  notice?: NoticeConfig
  factKey: string | null
  needsNote: boolean
  tags: string[]
  /** Seconds after "Deployed" from which on it can be done, or null. This and the next three: absent in older versions. */
  dueOffsetSeconds?: number | null
  /** Who is named at the item as responsible for it: words of the file, not a role that is checked. */
  owner?: string | null
  /** What the file says should come out, on one line. */
  expected?: string | null
  links?: ItemLink[]
  place: ItemPlace
}

/** A link at an item, the targets of reference links looked up. Only http and https. */
export type ItemLink = { text: string; href: string }

/** Splice points of an item: the box is one glyph or the three characters `[ ]`, evidence goes in at `evidenceAt`. */
export type ItemPlace = {
  boxStart: number
  boxEnd: number
  evidenceAt: number
  /** What each evidence line begins with, such as `  - `; null where evidence is appended to the same line. */
  evidencePrefix: string | null
}

export type TemplateStep = {
  key: string
  /** Document order, shared with items. */
  ordinal: number
  sectionKey: string
  stage: Stage
  title: string
  /** The commands as written, comments of the title removed, lines separated by "\n". */
  commands: string
  line: number
  endLine: number
  /** Number of the command block (fence) that holds it, from 1. */
  block: number
}

export type TriggerOperator = '>' | '>=' | '<' | '<='

/** A rollback trigger. All four of metric, op, value and unit are null when a person has to judge it. */
export type TemplateTrigger = {
  key: string
  text: string
  line: number
  sectionKey: string
  /** `error_rate`, `latency_p95`, `cpu`…: a name, not a query. */
  metric: string | null
  op: TriggerOperator | null
  /** Decimal as written, a string so that 0.1 stays 0.1. */
  value: string | null
  unit: '%' | 'ms' | 's' | 'min' | 'h' | 'count' | null
}

export type TemplateRole = {
  role: string
  line: number
  /** Titles or paths of sections whose prepare and deploy items are signed for; null means all prepare items. */
  scope: string[] | null
  place: RolePlace | null
}

export type SignoffColumn = 'role' | 'name' | 'date' | 'signature' | 'other'

/** Where the signature of a role is written: a table's row, or a line with blanks. Offsets of the row or line. */
export type RolePlace =
  | { kind: 'row'; start: number; end: number; columns: SignoffColumn[] }
  | { kind: 'line'; start: number; end: number; fields?: FormFields }

/** Lines of a form with a blank of their own beside the signature's: offsets of the line. */
export type FormFields = { name?: { start: number; end: number }; date?: { start: number; end: number } }

export type TemplateFact = {
  key: string
  /** Asked when a run is opened; "no" proposes its items as not applicable. */
  question: string
  itemKeys: string[]
}

export type TemplateProblem = {
  line: number
  column: number
  message: string
  /** What to write instead, or null where no single repair is right. */
  fix: string | null
}
