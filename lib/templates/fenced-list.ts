import { createSource, lineCount, lineEnd, lineStart, lineText, type Source } from './source.ts'

/** A checklist that stands whole in one Markdown fence, as people paste it from a chat. Lines of the two fence marks. */
export type FencedList = { line: number; endLine: number; tasks: number }

const TASK = /^\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s+\S/
const LANGUAGES = /^(?:markdown|md|gfm|text|txt|plain|checklist)?$/i

/**
 * The only fence that holds task lines, in a document that has none outside of fences; null otherwise. Task lines in a fence
 * are examples, unless there is nothing else: then the fence is offered to be taken off.
 */
export function findFencedList(text: string): FencedList | null {
  const source = createSource(text)
  const lists: FencedList[] = []
  let open: { mark: string; line: number; isMarkdown: boolean; tasks: number } | null = null
  for (let line = 1; line <= lineCount(source); line++) {
    const written = lineText(source, line)
    const fence = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/.exec(written)
    if (open === null) {
      if (fence !== null) {
        const language = (fence[2] ?? '').trim()
        open = { mark: fence[1] ?? '', line, isMarkdown: LANGUAGES.test(language), tasks: 0 }
      } else if (TASK.test(written)) return null
      continue
    }
    const closes = fence !== null && (fence[2] ?? '') === '' && (fence[1] ?? '').startsWith(open.mark)
    if (closes || line === lineCount(source)) {
      if (open.isMarkdown && open.tasks > 0) lists.push({ line: open.line, endLine: line, tasks: open.tasks })
      open = null
    } else if (TASK.test(written)) open.tasks++
  }
  const [only, more] = lists
  return only !== undefined && more === undefined ? only : null
}

/** The text without the two lines of the fence: everything else stays as it is, byte for byte. */
export function unwrapFencedList(text: string, { line, endLine }: FencedList): string {
  const source = createSource(text)
  const isClosed = /^ {0,3}(?:`{3,}|~{3,})\s*$/.test(lineText(source, endLine))
  const head = text.slice(0, lineStart(source, line))
  const body = text.slice(nextStart(source, line), isClosed ? lineStart(source, endLine) : text.length)
  return head + body + (isClosed ? text.slice(nextStart(source, endLine)) : '')
}

function nextStart(source: Source, line: number): number {
  return line < lineCount(source) ? lineStart(source, line + 1) : lineEnd(source, line)
}
