import type { Span } from './source.ts'

/**
 * The comments in inline Markdown between two offsets, in order. A comment in a code span or behind a backslash is
 * text; one that is not closed is none. Takes time linear in the text.
 */
export function findInlineComments({ text, start, end }: { text: string } & Span): Span[] {
  const part = text.slice(start, end)
  if (!part.includes('<!--')) return []
  const closing = closingTicks(part)
  const comments: Span[] = []
  let index = 0
  while (index < part.length) {
    const character = part.charAt(index)
    if (character === '\\') index += 2
    else if (character === '`') {
      const run = /`+/y
      run.lastIndex = index
      const ticks = run.exec(part)?.[0].length ?? 1
      index = closing({ ticks, after: index + ticks }) ?? index + ticks
    } else if (character === '<' && part.startsWith('<!--', index)) {
      const close = part.indexOf('-->', index + 4)
      if (close === -1) break
      comments.push({ start: start + index, end: start + close + 3 })
      index = close + 3
    } else index++
  }
  return comments
}

/** Answers where the next run of so many back-ticks ends. Asked for growing offsets, it walks each list of runs once. */
function closingTicks(part: string): (ask: { ticks: number; after: number }) => number | null {
  const runs = new Map<number, number[]>()
  for (const { index, 0: run } of part.matchAll(/`+/g)) {
    const starts = runs.get(run.length) ?? []
    starts.push(index)
    runs.set(run.length, starts)
  }
  const next = new Map<number, number>()
  return ({ ticks, after }) => {
    const starts = runs.get(ticks) ?? []
    let at = next.get(ticks) ?? 0
    while (at < starts.length && (starts[at] ?? 0) < after) at++
    next.set(ticks, at)
    const found = starts[at]
    return found === undefined ? null : found + ticks
  }
}

/** The text between two offsets without its comments, each replaced by a blank. */
export function withoutComments({ text, start, end }: { text: string } & Span): string {
  let written = ''
  let from = start
  for (const comment of findInlineComments({ text, start, end })) {
    written += `${text.slice(from, comment.start)} `
    from = comment.end
  }
  return written + text.slice(from, end)
}
