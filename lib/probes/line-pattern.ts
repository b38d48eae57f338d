import { RE2JS } from 're2js'

/** Where a pattern was found in a text, and what its groups hold. */
export type Found = { end: number; groups: string[] }

/** The first place where the pattern holds; `^` and `$` are the ends of lines, which a carriage return before a line feed belongs to. */
export function findPattern(pattern: string, text: string): Found | null {
  const plain = text.replaceAll('\r\n', '\n')
  const matcher = RE2JS.compile(pattern, RE2JS.MULTILINE).matcher(plain)
  if (!matcher.find()) return null
  // Said again, a line's end would be another line.
  const group = (index: number) => (matcher.group(index + 1) ?? '').replace(/[\r\n]+/g, '')
  const groups = Array.from({ length: matcher.groupCount() }, (_, index) => group(index))
  return { end: placeIn(text, matcher.end()), groups }
}

/** Where in the text a place is that was counted without the carriage returns of its ends of lines. */
function placeIn(text: string, counted: number): number {
  let at = 0
  for (let left = counted; left > 0; at++) if (!text.startsWith('\r\n', at)) left--
  return at
}
