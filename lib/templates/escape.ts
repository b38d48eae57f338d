/**
 * Plain text as the content of one bullet: on one line, with nothing in it that Markdown or the importer would read as a
 * box, a comment, a heading or another block.
 */
export function escapeEvidence(text: string): string {
  return oneLine(text)
    .replace(/[\\<`*_]/g, (character) => `\\${character}`)
    .replace(/^(?=\[)/, '\\')
    .replace(/^([-+>#~=|☐☑⬜✅□▢☒✔])/u, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}

/** Plain text as the content of one table cell. */
export function escapeCell(text: string): string {
  return oneLine(text).replace(/[\\<`*_|]/g, (character) => `\\${character}`)
}

/** Plain text inside a line of a form, where only comments and line ends could break anything. */
export function escapeInline(text: string): string {
  return oneLine(text).replace(/[\\<`*_]/g, (character) => `\\${character}`)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
