import { RE2JS } from 're2js'

/** Where a pattern was found in a text, and what its groups hold. */
export type Found = { end: number; groups: string[] }

/** The first place where the pattern holds; `^` and `$` are the ends of lines. */
export function findPattern(pattern: string, text: string): Found | null {
  const matcher = RE2JS.compile(pattern, RE2JS.MULTILINE).matcher(text)
  if (!matcher.find()) return null
  // Said again, a line's end would be another line.
  const group = (index: number) => (matcher.group(index + 1) ?? '').replace(/[\r\n]+/g, '')
  const groups = Array.from({ length: matcher.groupCount() }, (_, index) => group(index))
  return { end: matcher.end(), groups }
}
