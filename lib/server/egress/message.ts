import type { Readable } from 'node:stream'

/** The head of an answer over HTTP of any version, and what is to come behind it. */
export type Message = {
  status: number
  /** As `1.1` or `2.0`. */
  httpVersion: string
  /** In the order received, names in lower case. */
  headers: { name: string; value: string }[]
  /** The body on the wire; destroyed by whoever reads it. */
  stream: Readable
  /** Once the stream has ended: did all of it come? */
  isWhole: () => boolean
}

/** Every line of a header in one; null without any. */
export function headerOf({ headers }: Pick<Message, 'headers'>, name: string): string | null {
  const lines = headers.filter((header) => header.name === name)
  return lines.length === 0 ? null : lines.map(({ value }) => value).join(', ')
}

/** Names and values as a flat list, as Node's parsers give them; those of HTTP/2 that begin with a colon are no headers. */
export function headerLines(raw: readonly string[]): Message['headers'] {
  const lines: Message['headers'] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase()
    if (!name.startsWith(':')) lines.push({ name, value: raw[index + 1] ?? '' })
  }
  return lines
}
