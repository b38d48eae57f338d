export type NotUtf8 = { line: number; column: number; byte: number }

/**
 * The first byte that is not UTF-8, with its place counted as in the file; null where all of it is. Columns count UTF-16
 * units, as everywhere.
 */
export function findNotUtf8(bytes: Uint8Array): NotUtf8 | null {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return null
  } catch {
    const at = firstBad(bytes)
    const before = new TextDecoder().decode(bytes.subarray(0, at))
    const lines = before.split(/\r\n|\n|\r/)
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, byte: bytes[at] ?? 0 }
  }
}

/** What to tell about it, with the way out. */
export function notUtf8Message({ line, column, byte }: NotUtf8): string {
  const hex = byte.toString(16).toUpperCase().padStart(2, '0')
  return `line ${line}, column ${column}: the byte 0x${hex} is not UTF-8. Save the file as UTF-8 and try again.`
}

/** Bytes before the answer decode; halving finds the first that does not, as a longer prefix of bad text stays bad. */
function firstBad(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isGood(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  // The last good prefix may end inside a sequence that the next byte breaks: its first byte is the one to show.
  let start = good
  while (start > 0 && good - start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  return ((bytes[start] ?? 0) & 0xc0) === 0xc0 && !isWhole(bytes.subarray(start, good + 1)) ? start : good
}

/** Unfinished at its end is still good: only what can no longer become text is not. */
function isGood(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
