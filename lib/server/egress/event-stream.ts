import type { Readable } from 'node:stream'
import { asEgressFailure } from './failure.ts'

export type StreamEnd = 'enough' | 'time' | 'limit' | 'closed'

/**
 * Reads an endless answer piece by piece until `take` has enough, the time is over, `maxBytes` have come or the server ends it;
 * says which. Destroys the stream. Throws EgressFailure for a connection that breaks.
 */
export async function readStream({
  stream,
  take,
  ms,
  maxBytes,
}: {
  stream: Readable
  take: (text: string) => boolean
  ms: number
  maxBytes: number
}): Promise<StreamEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<StreamEnd>()
  const decoder = new TextDecoder()
  let size = 0
  const timer = setTimeout(() => resolve('time'), ms)
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (take(decoder.decode(chunk, { stream: true }))) resolve('enough')
    else if (size > maxBytes) resolve('limit')
  })
  stream.once('end', () => resolve('closed'))
  stream.once('error', (error) => reject(asEgressFailure(error, 'http')))
  stream.once('close', () => resolve('closed'))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    stream.on('error', () => undefined).destroy()
  }
}
