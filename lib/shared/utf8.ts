export type NotUtf8 = { line: number; column: number; byte: number }

/**
 * The first byte that is not UTF-8, with its place counted as in the file; null where all of it is. Columns count UTF-16
 * units, as everywhere.
 */
export function findNotUtf8(bytes: Uint8Array): NotUtf8 | null {
  const at = firstNotUtf8(bytes)
  if (at === bytes.length) return null
  const before = new TextDecoder().decode(bytes.subarray(0, at))
  const lines = before.split(/\r\n|\n|\r/)
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, byte: bytes[at] ?? 0 }
}

/** What to tell about it, with the way out. */
export function notUtf8Message({ line, column, byte }: NotUtf8): string {
  const hex = byte.toString(16).toUpperCase().padStart(2, '0')
  return `line ${line}, column ${column}: the byte 0x${hex} is not UTF-8. Save the file as UTF-8 and try again.`
}

/**
 * Offset of the byte at which the first sequence begins that is none (Unicode 16, table 3-7), or the length where all are
 * whole: overlong spellings, surrogates and what lies beyond U+10FFFF are none either.
 */
export function firstNotUtf8(bytes: Uint8Array): number {
  let index = 0
  while (index < bytes.length) {
    const length = sequenceAt(bytes, index)
    if (length === 0) return index
    index += length
  }
  return bytes.length
}

function sequenceAt(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] ?? 0
  if (lead < 0x80) return 1
  const second = bytes[index + 1] ?? 0
  const more = (from: number, to: number) =>
    bytes.subarray(index + from, index + to).length === to - from &&
    bytes.subarray(index + from, index + to).every((byte) => (byte & 0xc0) === 0x80)
  if (lead >= 0xc2 && lead <= 0xdf) return more(1, 2) ? 2 : 0
  if (lead >= 0xe0 && lead <= 0xef) {
    const isRight = lead === 0xe0 ? second >= 0xa0 : lead === 0xed ? second <= 0x9f : true
    return isRight && more(1, 3) ? 3 : 0
  }
  if (lead < 0xf0 || lead > 0xf4) return 0
  const isRight = lead === 0xf0 ? second >= 0x90 : lead === 0xf4 ? second <= 0x8f : true
  return isRight && more(1, 4) ? 4 : 0
}
