import type { Socket } from 'node:net'
import { asEgressFailure, EgressFailure } from './failure.ts'

/** What a peer may send before the answer that was asked for is whole. */
const MOST_BYTES = 1_048_576

export type Conversation = {
  write: (bytes: Uint8Array | string) => void
  /** Waits until `take` finds an answer in what has arrived; what it leaves is kept for the next. */
  read: <T>(take: (buffer: Buffer) => { value: T; used: number } | null) => Promise<T>
  /** Gives the socket back, with what was not read yet pushed back onto it. */
  release: () => void
}

/** Turns of writing and reading on a guarded socket. Reading throws EgressFailure when the peer hangs up or floods, or the signal's reason. */
export function converse(socket: Socket, signal: AbortSignal, most = MOST_BYTES): Conversation {
  let buffer: Buffer = Buffer.alloc(0)
  let failure: unknown = null
  let wake: () => void = () => undefined
  const fail = (error: unknown) => {
    failure ??= error
    wake()
  }
  const onData = (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk])
    if (buffer.length > most) {
      socket.destroy()
      fail(new EgressFailure({ kind: 'protocol', message: 'the answer is larger than expected' }))
    }
    wake()
  }
  const onError = (error: unknown) => fail(asEgressFailure(error, 'http'))
  const onClose = () =>
    fail(new EgressFailure({ kind: 'closed', message: 'the connection closed before an answer' }))
  const onAbort = () => {
    socket.destroy()
    fail(signal.reason)
  }
  socket.on('data', onData).on('error', onError).once('close', onClose).once('end', onClose)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  return {
    write: (bytes) => {
      socket.write(bytes)
    },
    read: async (take) => {
      for (;;) {
        const found = take(buffer)
        if (found !== null) {
          buffer = buffer.subarray(found.used)
          return found.value
        }
        if (failure !== null) throw failure
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    release: () => {
      signal.removeEventListener('abort', onAbort)
      socket.pause()
      socket.off('data', onData).off('error', onError).off('close', onClose).off('end', onClose)
      socket.on('error', () => undefined)
      if (buffer.length > 0) socket.unshift(buffer)
    },
  }
}

/** A line up to CRLF or LF, without it. */
export function line(buffer: Buffer): { value: string; used: number } | null {
  const end = buffer.indexOf(0x0a)
  if (end === -1) return null
  return { value: buffer.subarray(0, end).toString('latin1').replace(/\r$/, ''), used: end + 1 }
}
