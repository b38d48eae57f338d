const DEEPEST = 24
const MOST_MARKERS = 20_000
const MOST_LEVELS = 60_000
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
  const nesting = createNesting()
  let markers = 0
  let levels = 0
  let underlines = 0
  let offset = 0
  while (offset < text.length) {
    const { own, depth } = nesting.at(text, offset)
    markers += own
    levels += depth
    if (isUnderline(text, offset)) underlines++
    if (depth > DEEPEST) return { offset, message: `more than ${DEEPEST} lists or quotes inside each other` }
    if (markers > MOST_MARKERS)
      return { offset, message: `more than ${MOST_MARKERS.toLocaleString('en')} list items and quote lines` }
    if (levels > MOST_LEVELS)
      return {
        offset,
        message: `lists so deep and long that their levels add up to more than ${MOST_LEVELS.toLocaleString('en')}`,
      }
    if (underlines > MOST_UNDERLINES)
      return { offset, message: `more than ${MOST_UNDERLINES.toLocaleString('en')} underlined lines` }
    const end = /[\r\n]/g
    end.lastIndex = offset
    offset = (end.exec(text)?.index ?? text.length) + 1
  }
  return null
}

/**
 * How many markers of lists and quotes stand at the start of a line, and how deep the last of them is, given the lines before
 * it: what is indented under a marker's text is inside of it. 0 and 0 for a line without a marker.
 */
function createNesting(): { at: (text: string, offset: number) => { own: number; depth: number } } {
  /** Columns at which the text of each open list item or quote begins, outermost first. */
  const open: number[] = []
  return {
    at(text, offset) {
      const marker = /([ \t]*)(>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/y
      marker.lastIndex = offset
      let column = 0
      let found = 0
      for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
        const [, blanks = '', sign = ''] = match
        column += columnsOf(blanks)
        if (found === 0) while ((open.at(-1) ?? 0) > column) open.pop()
        column += sign.length
        open.push(column + 1)
        found++
      }
      return { own: found, depth: found === 0 ? 0 : open.length }
    },
  }
}

function columnsOf(blanks: string): number {
  let columns = 0
  for (const blank of blanks) columns += blank === '\t' ? 4 : 1
  return columns
}

function isUnderline(text: string, offset: number): boolean {
  const underline = /[ \t>]{0,40}(?:=+|-+)[ \t]*(?=[\r\n]|$)/y
  underline.lastIndex = offset
  return underline.test(text)
}
