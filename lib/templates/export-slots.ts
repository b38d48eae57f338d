import { escapeCell, escapeInline } from './escape.ts'
import type { RolePlace, SignoffColumn, TemplateRole } from './model.ts'
import { cleanRole, columnOf } from './signoff-words.ts'
import type { Source } from './source.ts'
import type { Splice } from './splices.ts'
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
    const written = place === null ? null : filled(source, place, slot)
    if (written === null) homeless.push(slot)
    else splices.push(...written)
  }
  if (homeless.length === 0) return splices
  const end = source.text.length
  return [...splices, { start: end, end, text: tableOf(source, homeless) }]
}

function filled(source: Source, place: RolePlace, slot: ExportSlot): Splice[] | null {
  const { start, end } = place
  const line = source.text.slice(start, end)
  if (place.kind === 'row') {
    const text = filledRow(line, place.columns, slot)
    return text === null ? null : [{ start, end, text }]
  }
  const { name, date, signature } = pick(slot)
  const fields = place.fields ?? {}
  const splices: Splice[] = []
  for (const [field, value] of [
    [fields.name, { name }],
    [fields.date, { date }],
  ] as const) {
    if (field === undefined) continue
    splices.push({ ...field, text: filledLine(source.text.slice(field.start, field.end), value) })
  }
  const rest = { ...(fields.name ? {} : { name }), ...(fields.date ? {} : { date }), signature }
  return [...splices, { start, end, text: filledLine(line, rest) }]
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

/**
 * Each blank takes what its own label asks for; one without such a label takes the next that is left, the last one all of it.
 * A line without a blank takes everything at its end.
 */
function filledLine(line: string, given: Partial<ReturnType<typeof pick>>): string {
  const left = (['name', 'date', 'signature'] as const).filter((column) => given[column] !== undefined)
  const take = (column: (typeof left)[number]) => left.splice(left.indexOf(column), 1)
  const print = (columns: readonly (typeof left)[number][]) =>
    columns.map((column) => escapeInline(given[column] ?? '')).join(' · ')
  const blanks = [...line.matchAll(BLANK)]
  if (blanks.length === 0) return `${line.trimEnd()} ${print(left)}`
  const asked = blanks.map((blank, index) => {
    const before = blanks[index - 1]
    const column = columnOf(
      cleanRole(line.slice(before === undefined ? 0 : before.index + before[0].length, blank.index)),
    )
    return column !== 'role' && column !== 'other' && left.includes(column) ? take(column) : []
  })
  const free = asked.flatMap((columns, index) => (columns.length === 0 ? [index] : []))
  // A blank behind the role takes the name, and the signature too where nothing else asks for it.
  free.forEach((index, position) => {
    const isLast = position === free.length - 1
    asked[index] = isLast ? left.splice(0) : left.splice(0, 1)
  })
  if (left.length > 0) asked[0] = [...(asked[0] ?? []), ...left]
  let index = 0
  return line.replace(BLANK, (blank) => {
    const columns = asked[index++] ?? []
    return columns.length === 0 ? blank : print(columns)
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
