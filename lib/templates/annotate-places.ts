import type { ItemDraft } from './drafts.ts'
import { lineAt, lineEnd, lineStart, type Source } from './source.ts'
import type { Splice } from './splices.ts'

/** Places for a new comment at an item, best first: behind its words, behind its first line, on a line below. */
export function placesAtItem(source: Source, draft: ItemDraft): ((comment: string) => Splice)[] {
  const { place, form, line } = draft
  if (form === 'table') return [behind(place.evidenceAt)]
  if (form === 'heading') return [behind(headingEnd(source, line)), below(source, draft.lastLine, '')]
  if (form === 'line' || place.evidencePrefix === null) return [behind(textEnd(source, line))]
  const indent = place.evidencePrefix.replace(/[-*+] $/, '')
  const last = lineAt(source, place.evidenceAt)
  return [behind(textEnd(source, last)), behind(textEnd(source, line)), below(source, last, indent)]
}

/** Places for a stage comment at a heading, a bold line or a bullet that heads others. */
export function placesAtHeading(source: Source, line: number): ((comment: string) => Splice)[] {
  const indent = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(lineTextAt(source, line))?.[0] ?? ''
  const under = below(source, line, indent.replace(/\S/g, ' '))
  const underSetext = below(source, line + 1, '')
  return [behind(headingEnd(source, line)), under, underSetext]
}

function behind(offset: number): (comment: string) => Splice {
  return (comment) => ({ start: offset, end: offset, text: ` ${comment}` })
}

function below(source: Source, line: number, indent: string): (comment: string) => Splice {
  const end = lineEnd(source, line)
  return (comment) => ({ start: end, end, text: `${source.eol}${indent}${comment}` })
}

function lineTextAt(source: Source, line: number): string {
  return source.text.slice(lineStart(source, line), lineEnd(source, line))
}

/** Behind the last character that is no blank: two blanks at a line's end are a line break and stay there. */
function textEnd(source: Source, line: number): number {
  return lineStart(source, line) + lineTextAt(source, line).trimEnd().length
}

/** Before the closing hashes of a heading, which are none any more when something stands behind them. */
function headingEnd(source: Source, line: number): number {
  const text = lineTextAt(source, line).trimEnd()
  const closing = /^[\s>\uFEFF]{0,40}#{1,6}[ \t].*?([ \t]+#+)$/u.exec(text)?.[1] ?? ''
  return lineStart(source, line) + text.length - closing.length
}

/** Takes a comment out: with its line where nothing else stands there, else with the blanks before it. */
export function removal(source: Source, comment: { start: number; end: number }): Splice {
  const first = lineAt(source, comment.start)
  const last = lineAt(source, Math.max(comment.start, comment.end - 1))
  const before = source.text.slice(lineStart(source, first), comment.start)
  const after = source.text.slice(comment.end, lineEnd(source, last))
  if (/^[\s>]*$/.test(before) && after.trim() === '') {
    if (last < source.lineStarts.length)
      return { start: lineStart(source, first), end: lineStart(source, last + 1), text: '' }
    return { start: first > 1 ? lineEnd(source, first - 1) : 0, end: source.text.length, text: '' }
  }
  const blanks = /[ \t]*$/.exec(before)?.[0].length ?? 0
  return { start: comment.start - blanks, end: comment.end, text: '' }
}
