export type RowCell = { start: number; end: number; text: string }

/**
 * The cells of one table row by GFM's rule: a pipe parts cells unless a backslash stands before it, back-ticks or not.
 * `start` and `end` are offsets in the row and include the blanks around the text.
 */
export function splitRow(row: string): RowCell[] {
  const cells: RowCell[] = []
  let start = /^\s*\|/.exec(row)?.[0].length ?? 0
  for (let index = start; index <= row.length; index++) {
    const character = row.charAt(index)
    if (character === '\\') {
      index++
      continue
    }
    if (character !== '|' && index < row.length) continue
    // What stands behind the closing pipe is no cell.
    if (index < row.length || row.slice(start).trim() !== '')
      cells.push({ start, end: index, text: row.slice(start, index).trim() })
    start = index + 1
  }
  return cells
}
