import { diffArrays } from 'diff'

const BREAK = /\r\n|\n|\r/g
const BOM = '\uFEFF'
/** Beyond so many changed lines the ends of a mixed file are carried over in order; the search would take too long. */
const MOST_EDITS = 1_000

/** A source as an editor holds it: lines parted by "\n", without a byte order mark. */
export function editorText(source: string): string {
  return source.replace(/^\uFEFF/, '').replace(BREAK, '\n')
}

/**
 * The edited text with the byte order mark and the line ends of the source that it was made from: a line that was left
 * alone keeps its bytes, a new one ends as most do. The inverse of `editorText` for a text that was not edited.
 */
export function sourceOf({ edited, original }: { edited: string; original: string }): string {
  const mark = original.startsWith(BOM) ? BOM : ''
  const ends = original.match(BREAK) ?? []
  const usual = mostOf(ends)
  if (ends.every((end) => end === usual)) return mark + edited.replaceAll('\n', usual)
  const lines = edited.split('\n')
  const kept = endsFor({ before: editorText(original).split('\n'), after: lines, ends, usual })
  const endOf = (index: number) => kept[index] ?? usual
  return (
    mark +
    lines
      .map((line, index) => {
        if (index === lines.length - 1) return line
        // "\r" before an empty line that ends in "\n" would make one end of the two.
        const joins = endOf(index) === '\r' && lines[index + 1] === '' && endOf(index + 1) === '\n'
        return line + (joins && index + 2 < lines.length ? '\r\n' : endOf(index))
      })
      .join('')
  )
}

function mostOf(ends: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '\n'
}

/** The end of each line of a file that has several kinds. */
function endsFor(input: { before: string[]; after: string[]; ends: string[]; usual: string }): string[] {
  const parts = diffArrays(input.before, input.after, { maxEditLength: MOST_EDITS })
  if (!parts) return input.after.map((_, index) => input.ends[index] ?? input.usual)
  const kept: string[] = []
  let at = 0
  /** Ends of lines that went away; what stands in their place now takes them over. */
  let free: string[] = []
  for (const { added, removed, value } of parts) {
    const own = input.ends.slice(at, at + value.length)
    if (removed) free = own
    else if (added) kept.push(...value.map((_, index) => free[index] ?? input.usual))
    else kept.push(...value.map((_, index) => own[index] ?? input.usual))
    if (!added) at += value.length
    if (!removed) free = []
  }
  return kept
}
