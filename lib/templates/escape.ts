import { DONE_BOX, OPEN_BOX } from './boxes.ts'

/**
 * Plain text as the content of one bullet: on one line, with nothing in it that Markdown or the importer would read as a
 * box, a comment, a heading or another block.
 */
export function escapeEvidence(text: string): string {
  return escapeInline(text)
    .replace(/^(?=\[)/, '\\')
    .replace(/^([-+>#~=|])/, '\\$1')
    .replace(/^(?=.)/u, (_, __, line: string) => (OPEN_BOX.test(line) || DONE_BOX.test(line) ? '\\' : ''))
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}

/** Plain text as the content of one table cell. */
export function escapeCell(text: string): string {
  return escapeInline(text).replace(/\|/g, '\\|')
}

/** Plain text inside a line: only what would mark something up is escaped, so that numbers and names stay readable. */
export function escapeInline(text: string): string {
  return oneLine(text)
    .replace(/[\\`*]/g, (character) => `\\${character}`)
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
