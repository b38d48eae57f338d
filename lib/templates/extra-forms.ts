import type { Table } from 'mdast'
import { DONE_BOX, DONE_LINE, isChoice, OPEN_LINE } from './boxes.ts'
import { type Drafts, inlineText } from './drafts.ts'
import { factOfColumn } from './fact-words.ts'
import { withoutComments } from './inline-comments.ts'
import type { Span } from './source.ts'
import { lineAt, lineEnd, lineStart, type Source } from './source.ts'
import { spanOf } from './spans.ts'
import { type RowCell, splitRow } from './table-row.ts'

type Row = { start: number; cells: RowCell[] }
type CellBox = { box: string; checked: boolean; rest: string }

/**
 * Items in the rows of a table: exactly one column has cells that begin with a box, at least one of them open. A table of ticks
 * alone reports, and one with several box columns lets choose; neither is a list of things to do. Returns whether it was one.
 */
export function addTableItems(input: {
  drafts: Drafts
  table: Table
  section: number
  depth: number
}): boolean {
  const { drafts, table, section, depth } = input
  const { source } = drafts
  const [header, ...rows] = table.children.map((row): Row => {
    const { start, end } = spanOf(row)
    return { start, cells: splitRow(source.text.slice(start, end)) }
  })
  const boxColumns = new Set<number>()
  let open = 0
  for (const { cells } of rows) {
    cells.forEach(({ text }, column) => {
      const found = cellBox(text)
      if (found === null) return
      boxColumns.add(column)
      if (!found.checked) open++
    })
  }
  const [boxColumn] = boxColumns
  if (header === undefined || boxColumn === undefined || boxColumns.size > 1 || open === 0) return false
  const about = header.cells.map(({ text }) => factOfColumn(text))
  for (const row of rows) addRow({ drafts, row, boxColumn, about, section, depth })
  return true
}

function addRow(input: {
  drafts: Drafts
  row: Row
  boxColumn: number
  about: ReturnType<typeof factOfColumn>[]
  section: number
  depth: number
}): void {
  const { drafts, row, boxColumn, about, section, depth } = input
  const { source } = drafts
  const { start, cells } = row
  const cell = cells[boxColumn]
  const found = cell === undefined ? null : cellBox(cell.text)
  if (cell === undefined || found === null) return
  const told = (fact: 'owner' | 'expected') => {
    const text = wordsIn(cells[about.indexOf(fact)]?.text ?? '').replace(/^[_\s.]+$/, '')
    return text === '' || about.indexOf(fact) === boxColumn ? null : text
  }
  const others = cells.filter(({ text }, column) => column !== boxColumn && text !== '')
  const shown = cells.flatMap(({ text }, column) => {
    const written = column === boxColumn ? found.rest : text
    const own = wordsIn(written)
    return own === '' || (column !== boxColumn && about[column] === 'number') ? [] : [own]
  })
  const last = others.at(-1) ?? cell
  const boxStart = start + cell.start + (source.text.slice(start + cell.start).search(/\S/) || 0)
  const line = lineAt(source, start)
  const written = source.text.slice(start + last.start, start + last.end)
  drafts.items.push({
    section,
    form: 'table',
    ordinal: ++drafts.ordinal,
    text: (shown.length > 0 ? shown : others.map(({ text }) => text)).join(' · '),
    start,
    line,
    lastLine: line,
    endLine: line,
    told: { owner: told('owner'), expected: told('expected') },
    checked: found.checked,
    depth,
    detail: null,
    place: {
      boxStart,
      boxEnd: boxStart + found.box.length,
      evidenceAt: start + last.start + written.trimEnd().length,
      evidencePrefix: null,
    },
    annotations: [],
  })
}

/** A cell's words: an annotation that stands in it is none of them. */
function wordsIn(text: string): string {
  return withoutComments({ text, start: 0, end: text.length }).trim()
}

/** The box that a cell begins with, and its other words; a cell with a choice of boxes has none. */
function cellBox(text: string): CellBox | null {
  const open = OPEN_LINE.exec(text)?.[0]
  const box = open ?? DONE_LINE.exec(text)?.[0]
  // A bare ✓ in a cell is one of several answers to choose from.
  if (box === undefined || box === '✓' || isChoice(text)) return null
  const rest = text.slice(box.length).trim()
  // A tick with words beside it reports ("✅ 200 OK"); a box with words asks.
  if (open === undefined && rest !== '' && DONE_BOX.test(text)) return null
  return { box, checked: open === undefined, rest }
}

/** Items on the lines of a paragraph that begin with a box. Returns whether there were any. */
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
      endLine: found.line,
      told: { owner: null, expected: null },
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
  const own = text.slice(indent)
  const open = OPEN_LINE.exec(own)
  const box = open ?? DONE_LINE.exec(own)
  if (box === null || isChoice(own)) return null
  const boxStart = start + indent
  return { line, boxStart, boxEnd: boxStart + box[0].length, checked: open === null }
}
