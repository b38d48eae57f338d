import type { Table } from 'mdast'
import type { RolePlace, SignoffColumn } from './model.ts'
import { cleanRole, columnOf } from './signoff-words.ts'
import { lineAt, type Source } from './source.ts'
import { spanOf } from './spans.ts'
import { splitRow } from './table-row.ts'

export type SignoffRow = { role: string; line: number; place: RolePlace }

/**
 * The rows of a sign-off table, or null where the table is none. A table asks for signatures when it has a column for
 * them beside a name or a date or, under a heading that says so, a role with a name or a date.
 */
export function readSignoffTable(input: {
  source: Source
  table: Table
  underSignoff: boolean
}): SignoffRow[] | null {
  const { source, table, underSignoff } = input
  const [header, ...rows] = table.children.map((row) => {
    const { start, end } = spanOf(row)
    return { start, end, cells: splitRow(source.text.slice(start, end)).map(({ text }) => text) }
  })
  if (header === undefined) return null
  const columns = header.cells.map((cell) => columnOf(cleanRole(cell)))
  if (!isSignoff(columns, underSignoff)) return null
  if (!columns.includes('role')) claimRoleColumn(columns)
  const roleColumn = columns.indexOf('role')
  return rows.flatMap(({ start, end, cells }) => {
    const role = cleanRole(cells[roleColumn] ?? '')
    if (!/\p{L}/u.test(role) || role.length > 60) return []
    return [{ role, line: lineAt(source, start), place: { kind: 'row' as const, start, end, columns } }]
  })
}

function isSignoff(columns: SignoffColumn[], underSignoff: boolean): boolean {
  const has = (column: SignoffColumn) => columns.includes(column)
  if (has('signature') && (has('name') || has('date') || has('role'))) return true
  if (has('role') && has('name') && has('date')) return true
  return (
    underSignoff &&
    columns.length > 1 &&
    (has('role') || columns[0] === 'other') &&
    (has('name') || has('date'))
  )
}

/** Without a column named so, the first one that asks for nothing else tells who signs. */
function claimRoleColumn(columns: SignoffColumn[]): void {
  const first = columns.indexOf('other')
  if (first !== -1) columns[first] = 'role'
}
