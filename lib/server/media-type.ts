import { fileTypeFromBuffer } from 'file-type'

/** What the signatures of file types are looked for in. */
export const HEAD_BYTES = 4_100

const NOT_IN_TEXTS = /(?![\t\n\f\r])\p{Cc}/u

/** Watches the bytes of a file go by: whether they are UTF-8 text without control characters that no text has. */
export function textWatch(): { see: (bytes: Uint8Array) => void; end: () => boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isText = true
  const read = (bytes: Uint8Array | null) => {
    if (!isText) return
    try {
      const text = bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true })
      // An escape begins the colours of a terminal's transcript.
      isText = !NOT_IN_TEXTS.test(text.replaceAll('\u001b', ''))
    } catch {
      isText = false
    }
  }
  return {
    see: read,
    end: () => {
      read(null)
      return isText
    },
  }
}

/** The media type by the first bytes; what has no signature is plain text or just bytes. */
export async function sniffMediaType({
  head,
  isText,
}: {
  head: Uint8Array
  isText: boolean
}): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found) return found.mime
  return isText && head.byteLength > 0 ? 'text/plain' : 'application/octet-stream'
}
