/** Replaces `start`..`end` of the source; equal offsets insert. */
export type Splice = { start: number; end: number; text: string }

/**
 * All splices are in the coordinates of `text`; at one offset the earlier in the list comes first. Throws RangeError where two
 * overlap: leaving one out would lose somebody's word without a trace.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let written = ''
  let offset = 0
  for (const { start, end, text: added } of splices.toSorted((a, b) => a.start - b.start)) {
    if (start < offset) throw new RangeError(`two changes overlap at offset ${start}`)
    written += text.slice(offset, start) + added
    offset = end
  }
  return written + text.slice(offset)
}
