import { findNotUtf8, type NotUtf8 } from '#lib/shared/utf8.ts'
import { checkText } from './check-source.ts'
import { type ExportItem, exportRun } from './export.ts'
import { type FencedList, findFencedList, unwrapFencedList } from './fenced-list.ts'
import type { TemplateModel, TemplateProblem } from './model.ts'
import { parseTemplate } from './parse.ts'
import { decodeSource, encodeSource } from './source-bytes.ts'

/** What `countersign template check` prints: counts, in the words of the product. */
export type CheckReport = {
  items: number
  roles: number
  triggers: number
  commandBlocks: number
  steps: number
  /** Sections that hold at least one item. */
  sections: number
  facts: number
  probes: number
  problems: number
  keptAsText: number
  /** The untouched file comes back byte for byte, and a ticked one differs in its boxes alone. */
  roundTrip: boolean
  /** The checklist that stands whole in one fence and is no list before that is taken off; null otherwise. */
  fencedList: FencedList | null
  /** The first byte that is not UTF-8: the file was read as ISO 8859-1. */
  notUtf8: NotUtf8 | null
}

/** Reads a Markdown file's bytes and counts what was found; `unwrap` takes off the fence around the whole list first. */
export function checkTemplateBytes(
  given: Uint8Array,
  { unwrap = false }: { unwrap?: boolean } = {},
): {
  report: CheckReport
  model: TemplateModel
  problems: TemplateProblem[]
} {
  const { text: written, encoding } = decodeSource(given)
  const fenced = findFencedList(written)
  const text = unwrap && fenced !== null ? unwrapFencedList(written, fenced) : written
  const bytes = text === written ? given : encodeSource({ text, encoding })
  const model = parseTemplate(text)
  const untouched = exportRun({ source: text, model, items: {}, slots: [] })
  const roundTrip =
    areSame(encodeSource({ text: untouched, encoding }), bytes) && tickingOnlyTicks(text, model)
  const fencedList = text === written ? fenced : null
  // What the server would refuse unread; the size is said by the model's own problem.
  const unreadable = checkText(text)
  const refused = unreadable?.refusal.code === 'template_problems' ? unreadable.problems : []
  const problems = [...refused, ...model.problems]
  return {
    report: {
      ...countModel(model),
      problems: problems.length,
      roundTrip,
      fencedList,
      notUtf8: findNotUtf8(given),
    },
    model,
    problems,
  }
}

/** The counts of a model, as the import review and the command line show them. */
export function countModel(model: TemplateModel): Omit<CheckReport, 'roundTrip' | 'fencedList' | 'notUtf8'> {
  return {
    items: model.items.length,
    roles: model.roles.length,
    triggers: model.triggers.length,
    commandBlocks: new Set(model.steps.map(({ block }) => block)).size,
    steps: model.steps.length,
    sections: new Set(model.items.map(({ sectionKey }) => sectionKey)).size,
    facts: model.facts.length,
    probes: model.items.filter(({ probe }) => probe !== null).length,
    problems: model.problems.length,
    keptAsText: model.keptAsText.length,
  }
}

/** Every task item's box turned round and read again must give the same items, each the other way. */
function tickingOnlyTicks(source: string, model: TemplateModel): boolean {
  const tasks = model.items.filter(({ form }) => form === 'task')
  const items = new Map<string, ExportItem>(
    tasks.map(({ key, checkedInSource }) => [key, { checked: !checkedInSource, lines: [] }]),
  )
  const turned = parseTemplate(exportRun({ source, model, items, slots: [] }))
  const read = turned.items.filter(({ form }) => form === 'task')
  return (
    read.length === tasks.length &&
    tasks.every(({ key, checkedInSource }, index) => {
      const now = read[index]
      return now?.key === key && now.checkedInSource !== checkedInSource
    })
  )
}

function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
