import { boxFor } from './boxes.ts'
import { escapeCell, escapeEvidence } from './escape.ts'
import { type ExportSlot, slotSplices } from './export-slots.ts'
import type { TemplateItem, TemplateModel } from './model.ts'
import { createSource, type Source } from './source.ts'
import { applySplices, type Splice } from './splices.ts'

/** What a run says about one item: `lines` are plain text, one evidence line each. */
export type ExportItem = { checked: boolean; lines: string[] }

/**
 * The checklist with the marks of a run: only boxes, added evidence lines and the filled sign-off table differ from the
 * source, and without marks it is the source. `items` goes by item key; items that are not in it are left alone.
 */
export function exportRun(input: {
  source: string
  model: TemplateModel
  items: ReadonlyMap<string, ExportItem> | Readonly<Record<string, ExportItem>>
  slots: readonly ExportSlot[]
}): string {
  const source = createSource(input.source)
  const results = input.items instanceof Map ? input.items : new Map(Object.entries(input.items))
  const splices: Splice[] = []
  for (const item of input.model.items) {
    const result = results.get(item.key)
    if (result !== undefined) splices.push(...itemSplices(source, item, result))
  }
  splices.push(...slotSplices({ source, roles: input.model.roles, slots: input.slots }))
  return applySplices(input.source, splices)
}

function itemSplices(source: Source, item: TemplateItem, { checked, lines }: ExportItem): Splice[] {
  const { boxStart, boxEnd, evidenceAt, evidencePrefix } = item.place
  const splices: Splice[] = []
  if (checked !== item.checkedInSource) {
    const box = source.text.slice(boxStart, boxEnd)
    splices.push({ start: boxStart, end: boxEnd, text: boxFor(box, checked) })
  }
  const asText = item.form === 'table' ? escapeCell : escapeEvidence
  // A bullet without words would underline the item's text as a heading.
  const written = lines.map(asText).filter((line) => line !== '')
  if (written.length === 0) return splices
  if (evidencePrefix !== null) {
    const text = written.map((line) => `${source.eol}${evidencePrefix}${line}`).join('')
    return [...splices, { start: evidenceAt, end: evidenceAt, text }]
  }
  return [...splices, { start: evidenceAt, end: evidenceAt, text: ` — ${written.join('; ')}` }]
}
