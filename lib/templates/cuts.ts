const DEEPEST = 24
const MOST_MARKERS = 20_000
const MOST_UNDERLINES = 1_000

/**
 * The next place from `from` on where a block of the outermost level begins, whatever stands before it, unless a fence or
 * HTML is open there: a line at the margin that is a heading, a bullet with text, or follows a blank line.
 */
export function findCut({ text, from }: { text: string; from: number }): number {
  const end = '(?:\\r\\n|\\n|\\r(?!\\n))'
  const pattern = new RegExp(`${end}(?=#{1,6} |[-*+] \\S)|${end}[ \\t]*${end}(?=\\S)`, 'g')
  pattern.lastIndex = from
  return pattern.exec(text) === null ? text.length : pattern.lastIndex
}

/**
 * Where a text asks for more than a checklist could need, or null. Nesting and underlined headings are paid for with the
 * square of their number, so a small file could otherwise hold the server for minutes.
 */
export function findExcess(text: string): { offset: number; message: string } | null {
  let markers = 0
  let underlines = 0
  let offset = 0
  while (offset < text.length) {
    const depth = markersAt(text, offset)
    markers += depth
    if (isUnderline(text, offset)) underlines++
    if (depth > DEEPEST) return { offset, message: `more than ${DEEPEST} lists or quotes inside each other` }
    if (markers > MOST_MARKERS)
      return { offset, message: `more than ${MOST_MARKERS.toLocaleString('en')} list items and quote lines` }
    if (underlines > MOST_UNDERLINES)
      return { offset, message: `more than ${MOST_UNDERLINES.toLocaleString('en')} underlined lines` }
    const end = /[\r\n]/g
    end.lastIndex = offset
    offset = (end.exec(text)?.index ?? text.length) + 1
  }
  return null
}

/** How many list and quote markers stand at the start of the line that begins at `offset`. */
function markersAt(text: string, offset: number): number {
  const marker = /[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/y
  let count = 0
  marker.lastIndex = offset
  while (marker.test(text)) count++
  return count
}

function isUnderline(text: string, offset: number): boolean {
  const underline = /[ \t>]{0,40}(?:=+|-+)[ \t]*(?=[\r\n]|$)/y
  underline.lastIndex = offset
  return underline.test(text)
}
