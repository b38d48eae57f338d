import type { Table } from 'mdast'
import { type Drafts, inlineText } from './drafts.ts'
import { DONE_BOX, OPEN_BOX, type Span } from './items.ts'
import { lineAt, lineEnd, lineStart, type Source } from './source.ts'
import { spanOf } from './spans.ts'
import { splitRow } from './table-row.ts'

const TABLE_OPEN = /^(?:☐|⬜️?|□|▢|\[ ?\])$/u
const TABLE_DONE = /^(?:☑️?|☒|✅|✔️?|\[[xX]\])$/u

/**
 * Items in the rows of a table: exactly one column holds boxes, at least one of them open. A table of ticks alone reports,
 * and one with several box columns lets choose; neither is a list of things to do. Returns whether it was one.
 */
export function addTableItems(input: {
  drafts: Drafts
  table: Table
  section: number
  depth: number
}): boolean {
  const { drafts, table, section, depth } = input
  const { source } = drafts
  const rows = table.children.slice(1).map((row) => {
    const { start, end } = spanOf(row)
    return { start, cells: splitRow(source.text.slice(start, end)) }
  })
  const boxColumns = new Set<number>()
  let open = 0
  for (const { cells } of rows) {
    cells.forEach(({ text }, column) => {
      if (TABLE_OPEN.test(text)) open++
      if (TABLE_OPEN.test(text) || TABLE_DONE.test(text)) boxColumns.add(column)
    })
  }
  const [boxColumn] = boxColumns
  if (boxColumn === undefined || boxColumns.size > 1 || open === 0) return false
  for (const { start, cells } of rows) {
    const box = cells[boxColumn]
    if (box === undefined || !(TABLE_OPEN.test(box.text) || TABLE_DONE.test(box.text))) continue
    const others = cells.filter((cell, column) => column !== boxColumn && cell.text !== '')
    const last = others.at(-1) ?? box
    const boxStart = start + box.start + (source.text.slice(start + box.start).search(/\S/) || 0)
    drafts.items.push({
      section,
      form: 'table',
      ordinal: ++drafts.ordinal,
      text: others.map(({ text }) => text).join(' · '),
      start,
      line: lineAt(source, start),
      lastLine: lineAt(source, start),
      checked: TABLE_DONE.test(box.text),
      depth,
      detail: null,
      place: {
        boxStart,
        boxEnd: boxStart + box.text.length,
        evidenceAt:
          start +
          last.end -
          (source.text.slice(start + last.start, start + last.end).match(/\s*$/)?.[0].length ?? 0),
        evidencePrefix: null,
      },
      annotations: [],
    })
  }
  return true
}

/** Items on the lines of a paragraph that begin with a box glyph. Returns whether there were any. */
export function addLineItems(input: { drafts: Drafts; span: Span; section: number; depth: number }): boolean {
  const { drafts, span, section, depth } = input
  const { source } = drafts
  const first = lineAt(source, span.start)
  const last = lineAt(source, Math.max(span.start, span.end - 1))
  const lines = []
  for (let line = first; line <= last; line++) lines.push(boxLine(source, line))
  if (!lines.some((line) => line !== null && !line.checked)) return false
  for (const found of lines) {
    if (found === null) continue
    const end = lineEnd(source, found.line)
    const text = inlineText({ source, start: found.boxEnd, end })
    if (text === '') continue
    drafts.items.push({
      section,
      form: 'line',
      ordinal: ++drafts.ordinal,
      text,
      start: found.boxStart,
      line: found.line,
      lastLine: found.line,
      checked: found.checked,
      depth,
      detail: null,
      place: { boxStart: found.boxStart, boxEnd: found.boxEnd, evidenceAt: end, evidencePrefix: null },
      annotations: [],
    })
    drafts.used.add(found.line)
  }
  return true
}

function boxLine(source: Source, line: number) {
  const start = lineStart(source, line)
  const text = source.text.slice(start, lineEnd(source, line))
  const indent = /^[\s>\uFEFF]*/u.exec(text)?.[0].length ?? 0
  const open = OPEN_BOX.exec(text.slice(indent))
  const box = open ?? DONE_BOX.exec(text.slice(indent))
  if (box === null) return null
  const boxStart = start + indent
  return { line, boxStart, boxEnd: boxStart + box[0].length, checked: open === null }
}
