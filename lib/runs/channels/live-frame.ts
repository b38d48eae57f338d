import type { LiveMessage } from '#lib/runs/live.ts'

const encoder = new TextEncoder()

/** A message as a server-sent event; the id is the sequence number of the run's log that the page holds afterwards. */
export function frameOf(message: LiveMessage): Uint8Array {
  const id =
    message.type === 'board' ? message.board.seq : message.type === 'delta' ? message.delta.seq : null
  return encoder.encode(
    `${id === null ? '' : `id: ${id}\n`}event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`,
  )
}
