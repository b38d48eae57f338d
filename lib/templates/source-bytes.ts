/** How the bytes of a file became text; `latin1` maps each byte to the code unit of the same number. */
export type SourceEncoding = 'utf-8' | 'latin1'

/**
 * Decodes a Markdown file without losing a byte: UTF-8 with its byte order mark kept or, where the bytes are not UTF-8,
 * ISO 8859-1, which has a character for every byte. `encodeSource` gives back the same bytes.
 */
export function decodeSource(bytes: Uint8Array): { text: string; encoding: SourceEncoding } {
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
      encoding: 'utf-8',
    }
  } catch {
    // TextDecoder's own "latin1" is windows-1252, which has no inverse for five of its bytes.
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return { text, encoding: 'latin1' }
  }
}

/**
 * The bytes of a source. A Latin-1 file into which a run wrote other characters can only be kept as UTF-8, so then the
 * whole file is written so.
 */
export function encodeSource({ text, encoding }: { text: string; encoding: SourceEncoding }): Uint8Array {
  if (encoding === 'utf-8' || [...text].some((character) => character > '\u00ff'))
    return new TextEncoder().encode(text)
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
