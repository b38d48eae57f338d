/** Offsets of a part of the source. */
export type Span = { start: number; end: number }

/** A Markdown source with its lines found once. Lines count from 1, offsets are UTF-16 units of `text`. */
export type Source = {
  text: string
  /** Offset at which each line begins, the first at index 0. */
  lineStarts: number[]
  eol: '\n' | '\r\n' | '\r'
}

export function createSource(text: string): Source {
  const lineStarts = [0]
  const terminator = /\r\n|\n|\r/g
  for (let match = terminator.exec(text); match !== null; match = terminator.exec(text))
    lineStarts.push(terminator.lastIndex)
  const first = /\r\n|\n|\r/.exec(text)?.[0]
  return { text, lineStarts, eol: first === '\r\n' || first === '\r' ? first : '\n' }
}

/** The line that holds `offset`. */
export function lineAt(source: Source, offset: number): number {
  let low = 0
  let high = source.lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}

export function positionAt(source: Source, offset: number): { line: number; column: number } {
  const line = lineAt(source, offset)
  return { line, column: offset - lineStart(source, line) + 1 }
}

export function lineCount(source: Source): number {
  return source.lineStarts.length
}

export function lineStart(source: Source, line: number): number {
  return source.lineStarts[line - 1] ?? source.text.length
}

/** Offset behind the last character of the line, its terminator not included. */
export function lineEnd(source: Source, line: number): number {
  let end = source.lineStarts[line] ?? source.text.length
  if (line < source.lineStarts.length) {
    end--
    if (source.text.charAt(end) === '\n' && source.text.charAt(end - 1) === '\r') end--
  }
  return end
}

/** The line without its terminator; a byte order mark is not part of the first line's text. */
export function lineText(source: Source, line: number): string {
  const text = source.text.slice(lineStart(source, line), lineEnd(source, line))
  return line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text
}
