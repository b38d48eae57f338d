import { escapeCell, escapeInline } from './escape.ts'
import type { Splice } from './export.ts'
import type { RolePlace, SignoffColumn, TemplateRole } from './model.ts'
import type { Source } from './source.ts'
import { splitRow } from './table-row.ts'

/** A decision to print: `signature` is the words that stand for it (digest words and method, or no-go with its reason). */
export type ExportSlot = { role: string; name: string; dateUtc: string; signature: string }

const BLANK = /_{3,}|\.{6,}|`_+`/g

/**
 * Writes the decisions into the sign-off table or the signature lines. A decision whose role has no place in the source
 * is not dropped: a small table with it is added at the end.
 */
export function slotSplices(input: {
  source: Source
  roles: readonly TemplateRole[]
  slots: readonly ExportSlot[]
}): Splice[] {
  const { source, roles, slots } = input
  const splices: Splice[] = []
  const homeless: ExportSlot[] = []
  for (const slot of slots) {
    const place = roles.find(({ role }) => role.toLowerCase() === slot.role.toLowerCase())?.place ?? null
    const text = place === null ? null : filled(source.text.slice(place.start, place.end), place, slot)
    if (place === null || text === null) homeless.push(slot)
    else splices.push({ start: place.start, end: place.end, text })
  }
  if (homeless.length === 0) return splices
  const end = source.text.length
  return [...splices, { start: end, end, text: tableOf(source, homeless) }]
}

function filled(text: string, place: RolePlace, slot: ExportSlot): string | null {
  return place.kind === 'row' ? filledRow(text, place.columns, slot) : filledLine(text, slot)
}

/** The row with name, date and signature in their columns; what has no column of its own joins the next best one. */
function filledRow(row: string, columns: SignoffColumn[], slot: ExportSlot): string | null {
  const values: Partial<Record<SignoffColumn, string>> = { ...pick(slot) }
  const target = (['signature', 'name', 'date'] as const).find((column) => columns.includes(column))
  if (target === undefined) return null
  for (const column of ['name', 'date', 'signature'] as const) {
    if (columns.includes(column) || values[column] === undefined) continue
    values[target] = `${values[target]} · ${values[column]}`
  }
  const cells = splitRow(row)
  let written = ''
  let offset = 0
  columns.forEach((column, index) => {
    const value = column === 'role' || column === 'other' ? undefined : values[column]
    const cell = cells[index]
    if (cell === undefined) {
      if (!written.endsWith('|') && index === cells.length && !row.trimEnd().endsWith('|'))
        written += `${row.slice(offset)} |`
      else if (index === cells.length) written += row.slice(offset)
      offset = row.length
      written += ` ${value === undefined ? '' : escapeCell(value)} |`
      return
    }
    if (value === undefined) return
    written += `${row.slice(offset, cell.start)} ${escapeCell(value)} `
    offset = cell.end
  })
  return written + row.slice(offset)
}

/** The first blank takes name and signature, a second one the date; one blank takes all, and none puts it at the end. */
function filledLine(line: string, slot: ExportSlot): string {
  const { name, date, signature } = pick(slot)
  const blanks = line.match(BLANK)?.length ?? 0
  if (blanks === 0) return `${line.trimEnd()} ${[name, date, signature].map(escapeInline).join(' · ')}`
  const parts =
    blanks === 1
      ? [[name, date, signature]]
      : blanks === 2
        ? [[name, signature], [date]]
        : [[name], [date], [signature]]
  let index = 0
  return line.replace(BLANK, (blank) => {
    const part = parts[index++]
    return part === undefined ? blank : part.map(escapeInline).join(' · ')
  })
}

function pick(slot: ExportSlot): { name: string; date: string; signature: string } {
  return { name: slot.name, date: slot.dateUtc, signature: slot.signature }
}

function tableOf(source: Source, slots: ExportSlot[]): string {
  const { eol } = source
  const start = source.text === '' || /[\r\n]$/.test(source.text) ? eol : eol + eol
  const rows = slots.map(({ role, name, dateUtc, signature }) =>
    [role, name, dateUtc, signature].map(escapeCell),
  )
  const lines = [['Role', 'Name', 'Date', 'Signature'], ['---', '---', '---', '---'], ...rows]
  return start + lines.map((cells) => `| ${cells.join(' | ')} |${eol}`).join('')
}
