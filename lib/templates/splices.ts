/** Replaces `start`..`end` of the source; equal offsets insert. */
export type Splice = { start: number; end: number; text: string }

function inOrder(splices: readonly Splice[]): Splice[] {
  return splices.toSorted((a, b) => a.start - b.start)
}

/** Where the first of them begins that overlaps the one before it; null when none does. */
export function firstOverlap(splices: readonly Splice[]): number | null {
  let end = 0
  for (const splice of inOrder(splices)) {
    if (splice.start < end) return splice.start
    end = splice.end
  }
  return null
}

/**
 * All splices are in the coordinates of `text`; at one offset the earlier in the list comes first. Throws RangeError where two
 * overlap: leaving one out would lose somebody's word without a trace.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const overlap = firstOverlap(splices)
  if (overlap !== null) throw new RangeError(`two changes overlap at offset ${overlap}`)
  let written = ''
  let offset = 0
  for (const { start, end, text: added } of inOrder(splices)) {
    written += text.slice(offset, start) + added
    offset = end
  }
  return written + text.slice(offset)
}
