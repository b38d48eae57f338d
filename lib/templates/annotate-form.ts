import type { Proposal } from './annotate-item.ts'
import { withoutAnnotations } from './annotate-item.ts'
import type { Drafts } from './drafts.ts'
import { lineEnd, lineStart, type Source } from './source.ts'
import type { Splice } from './splices.ts'

/** The `attempt`-th way to make an item plain text: its box goes, or is written so that it is read as text. */
export function proposeText(drafts: Drafts, line: number, attempt: number): Proposal {
  const draft = drafts.items.find((item) => item.line === line)
  if (draft === undefined) return { refused: 'No item stands on this line.' }
  const { source } = drafts
  const { boxStart, boxEnd } = draft.place
  const rest = withoutAnnotations(source, draft)
  if (draft.form === 'table') {
    const blank = ' '.repeat(boxEnd - boxStart)
    return attempt === 0 ? { splices: [...rest, { start: boxStart, end: boxEnd, text: blank }] } : null
  }
  const blanks = /^[ \t]*/.exec(source.text.slice(boxEnd, boxEnd + 40))?.[0].length ?? 0
  // Of an item without words the blank behind the box goes with its comment already.
  const next = Math.min(...rest.map(({ start }) => start).filter((start) => start >= boxEnd), Infinity)
  const ways: Splice[] = [
    { start: boxStart, end: Math.min(boxEnd + blanks, next), text: '' },
    ...(source.text.charAt(boxStart) === '[' ? [{ start: boxStart, end: boxStart, text: '\\' }] : []),
  ]
  const way = ways[attempt]
  return way === undefined ? null : { splices: [...rest, way] }
}

const BULLET = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+/u
const HEADING = /^[\s>]*#{1,6}[ \t]+/u

/** The `attempt`-th way to make an item of a line that is text. */
export function proposeMadeItem(drafts: Drafts, line: number, attempt: number): Proposal {
  const { source } = drafts
  if (drafts.items.some((item) => item.line === line)) return { refused: 'This line is an item already.' }
  const start = lineStart(source, line)
  const text = source.text.slice(start, lineEnd(source, line))
  if (text.replace(/\uFEFF/g, '').trim() === '') return { refused: 'This line is empty.' }
  if (/^\s*\|/.test(text))
    return { refused: 'A row of a table is an item when the table has a column of boxes, such as ☐.' }
  const marker = BULLET.exec(text) ?? HEADING.exec(text)
  const indent = /^[\s>\uFEFF]*/u.exec(text)?.[0].length ?? 0
  const ways =
    marker === null
      ? [
          { at: start + indent, box: '- [ ] ' },
          { at: start + indent, box: '☐ ' },
        ]
      : [{ at: start + marker[0].length, box: '[ ] ' }]
  const way = ways[attempt]
  return way === undefined ? null : { splices: [{ start: way.at, end: way.at, text: way.box }] }
}

/** A fence by its first line: where it begins and ends, by line. */
export type Fence = { line: number; endLine: number }

const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*(\S*)/
const MARKDOWN = /^(?:md|markdown|mdown|text|txt|)$/i
const TASK = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]+\S/

/** Fences at the margin that hold task lines as Markdown would write them, with how many. */
export function findListFences(source: Source): (Fence & { tasks: number })[] {
  const found: (Fence & { tasks: number })[] = []
  let open: { marks: string; line: number; tasks: number; isMarkdown: boolean } | null = null
  for (let line = 1; line <= source.lineStarts.length; line++) {
    const text = source.text.slice(lineStart(source, line), lineEnd(source, line)).replace(/^\uFEFF/, '')
    if (open === null) {
      const opening = OPENING.exec(text)
      const marks = opening?.[1]
      if (marks !== undefined) open = { marks, line, tasks: 0, isMarkdown: MARKDOWN.test(opening?.[2] ?? '') }
    } else if (isClosing(text, open.marks)) {
      if (open.isMarkdown && open.tasks > 0) found.push({ line: open.line, endLine: line, tasks: open.tasks })
      open = null
    } else if (TASK.test(text)) open.tasks++
  }
  return found
}

function isClosing(text: string, marks: string): boolean {
  const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(text)?.[1]
  return closing?.startsWith(marks) === true
}

/** Takes the two lines of a fence away, so that what stands in it is read. */
export function proposeUnwrapped(drafts: Drafts, line: number, attempt: number): Proposal {
  const { source } = drafts
  if (attempt > 0) return null
  const fence = findListFences(source).find((one) => one.line === line)
  if (fence === undefined) return { refused: 'No fence with a list begins on this line.' }
  const remove = (at: number): Splice =>
    at < source.lineStarts.length
      ? { start: lineStart(source, at), end: lineStart(source, at + 1), text: '' }
      : { start: lineEnd(source, at - 1), end: source.text.length, text: '' }
  return { splices: [remove(fence.line), remove(fence.endLine)] }
}
