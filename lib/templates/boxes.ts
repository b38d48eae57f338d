const OPEN_GLYPHS = '☐|⬜️?|□|▢|🔲|◻️?|❏|❑|❒'
const DONE_GLYPHS = '☑️?|☒|✅|✔️?|✓|🗹'
const OPEN_CODES = ':(?:white_large_square|white_medium_square|black_square_button|white_square_button):'
const DONE_CODES = ':(?:white_check_mark|ballot_box_with_check|heavy_check_mark):'
const OPEN_ENTITIES = '&#9744;|&#[xX]2610;'
const DONE_ENTITIES = '&#974[56];|&#[xX]261[12];'
const INPUT = '<input(?=[^<>]{0,80}type=["\']?checkbox)'
const OPEN_INPUT = `${INPUT}(?![^<>]{0,80}\\bchecked)[^<>]{0,80}>`
const DONE_INPUT = `${INPUT}(?=[^<>]{0,80}\\bchecked)[^<>]{0,80}>`
const OPEN = `${OPEN_GLYPHS}|${OPEN_CODES}|${OPEN_ENTITIES}|${OPEN_INPUT}`
const DONE = `${DONE_GLYPHS}|${DONE_CODES}|${DONE_ENTITIES}|${DONE_INPUT}`
/** What an input method writes for a blank, and nothing at all: brackets that GFM takes for text. */
const LOOSE = '\\[[\\u00a0\\u3000]?\\]'

/** An open box and a done one at the start of a text. A lone tick is a statement unless open boxes stand beside it. */
export const OPEN_BOX = new RegExp(`^(?:${OPEN})`, 'u')
export const DONE_BOX = new RegExp(`^(?:${DONE})`, 'u')
/** At the start of a bullet: what GFM knows is a task already. */
export const OPEN_BULLET = new RegExp(`^(?:${OPEN}|${LOOSE}(?=[ \\t]))`, 'u')
/** At the start of a line without a bullet, and of a table's cell. */
export const OPEN_LINE = new RegExp(`^(?:${OPEN}|(?:\\[ \\]|${LOOSE})(?=[ \\t]|$))`, 'u')
export const DONE_LINE = new RegExp(`^(?:${DONE}|\\[[xX✓✔]\\](?=[ \\t]|$))`, 'u')

const ANY = new RegExp(`${OPEN}|${DONE}|\\[[ xX✓✔\\u00a0\\u3000]?\\]`, 'gu')
const LONGEST_CHOICE = 400

/** True where several boxes stand beside each other, "☐ Go ☐ No-Go": something to choose, not to do. */
export function isChoice(text: string): boolean {
  if (text.length > LONGEST_CHOICE) return false
  const open = (text.match(ANY) ?? []).filter((box) => box.startsWith('[') || OPEN_BOX.test(box))
  return open.length > 1
}

/** The box in the writing of the source: brackets stay brackets, a glyph stays a glyph of its family. */
export function boxFor(box: string, checked: boolean): string {
  if (box.startsWith('[')) return checked ? '[x]' : '[ ]'
  if (box.startsWith(':')) return checked ? ':white_check_mark:' : ':white_large_square:'
  if (box.startsWith('&')) return checked ? '&#9745;' : '&#9744;'
  if (box.startsWith('<'))
    return checked
      ? box.replace(/\s*\/?>$/, (end) => ` checked${end.trimStart()}`)
      : box.replace(/\s*\bchecked(?:=["']?\w*["']?)?/, '')
  if (checked) return /^[⬜🔲◻]/u.test(box) ? '✅' : '☑'
  return box.startsWith('✅') ? '⬜' : '☐'
}
