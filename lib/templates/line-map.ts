import type { Source } from './source.ts'
import type { Splice } from './splices.ts'

/** For each line of a source, from index 0, its number after some splices; null for a line that was taken away. */
export type LineMap = (number | null)[]

export function identityLines(source: Source): LineMap {
  return source.lineStarts.map((_, index) => index + 1)
}

/** Where each line of `before` stands after the splices, which are in the coordinates of `before`. */
export function mapLines(before: Source, splices: readonly Splice[], after: Source): LineMap {
  const sorted = [...splices].sort((a, b) => a.start - b.start)
  const map: LineMap = []
  let index = 0
  let shift = 0
  let line = 1
  for (const [at, start] of before.lineStarts.entries()) {
    const next = before.lineStarts[at + 1] ?? before.text.length
    while (index < sorted.length) {
      const splice = sorted[index]
      if (splice === undefined || splice.start > start) break
      // What is put in at a line's start belongs to the line, unless it is a whole line of its own.
      const isOwnLine = splice.start === splice.end && /[\r\n]$/.test(splice.text)
      if (splice.start === start && !isOwnLine) break
      shift += splice.text.length - (splice.end - splice.start)
      index++
    }
    const here = sorted[index]
    if (here !== undefined && here.text === '' && here.start <= start && here.end >= next && next > start) {
      map.push(null)
      continue
    }
    while ((after.lineStarts[line] ?? Number.POSITIVE_INFINITY) <= start + shift) line++
    map.push(line)
  }
  return map
}

export function composeLines(first: LineMap, second: LineMap): LineMap {
  return first.map((line) => (line === null ? null : (second[line - 1] ?? null)))
}
