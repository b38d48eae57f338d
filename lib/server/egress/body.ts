import type { Transform } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
  type Zlib,
} from 'node:zlib'
import { asEgressFailure, EgressFailure } from './failure.ts'
import { headerOf, type Message } from './message.ts'

/** A body as far as it was read. `cut` says why reading ended early: a size limit, a decoded size beyond 100 times the wire's, an unknown coding. */
export type ReadBody = {
  bytes: Uint8Array
  wireBytes: number
  encoding: string | null
  cut: 'limit' | 'ratio' | 'undecodable' | null
}

const RATIO_CAP = 100
/** Small bodies may compress better than the cap without being a bomb. */
const RATIO_FLOOR = 1_048_576 / 4
const DRIP = { graceMs: 2_000, everyMs: 250, bytesPerSecond: 64 }

const DECODERS: Readonly<Record<string, () => Transform & Zlib>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/**
 * Reads and decodes a response within `maxBytes` on both sides of the decoder. Destroys the message when it stops early.
 * Throws EgressFailure: `slow` for a drip below 64 B/s, `decode` for a broken coding, `closed` for a body that ends early.
 */
export async function readBody({
  message,
  maxBytes,
}: {
  message: Message
  maxBytes: number
}): Promise<ReadBody> {
  const { stream } = message
  const encoding = headerOf(message, 'content-encoding')?.trim().toLowerCase() || null
  const codings = (encoding ?? '').split(',').map((coding) => coding.trim())
  const coding = codings.length === 1 ? (codings[0] ?? '') : 'several'
  const decoder = Object.hasOwn(DECODERS, coding) ? (DECODERS[coding]?.() ?? null) : null
  const isPlain = coding === '' || coding === 'identity'
  const chunks: Buffer[] = []
  let wireBytes = 0
  let size = 0
  let cut: ReadBody['cut'] = decoder === null && !isPlain ? 'undecodable' : null
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const startedAt = performance.now()
  const dripTimer = setInterval(() => {
    const elapsed = performance.now() - startedAt
    if (elapsed > DRIP.graceMs && wireBytes < (elapsed / 1000) * DRIP.bytesPerSecond)
      reject(new EgressFailure({ kind: 'slow', message: 'the body arrives slower than 64 bytes a second' }))
  }, DRIP.everyMs)

  const stop = (reason: 'limit' | 'ratio') => {
    cut = reason
    resolve()
  }
  // What the decoder has taken in so far: what only waits in front of it would hide a bomb.
  const consumed = () => decoder?.bytesWritten ?? wireBytes
  const keep = (chunk: Buffer) => {
    if (cut === 'limit' || cut === 'ratio') return
    const room = maxBytes - size
    chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
    size += Math.min(chunk.length, room)
    if (chunk.length > room) stop('limit')
    else if (size > RATIO_FLOOR && size > consumed() * RATIO_CAP) stop('ratio')
  }
  const onWire = (chunk: Buffer) => {
    wireBytes += chunk.length
    if (decoder === null) keep(chunk)
    else if (wireBytes > maxBytes) stop('limit')
  }

  const cutOff = () =>
    reject(new EgressFailure({ kind: 'closed', message: 'the connection closed in mid-body' }))
  stream.on('data', onWire)
  stream.on('error', (error) => reject(asEgressFailure(error, 'http')))
  stream.once('close', () => {
    if (!message.isWhole()) cutOff()
  })
  stream.once('end', () => {
    if (!message.isWhole()) cutOff()
    // No bytes are no coding: a 204 may say gzip and send nothing.
    else if (decoder === null || wireBytes === 0) resolve()
  })
  if (decoder !== null) {
    decoder.on('data', keep)
    decoder.once('end', () => resolve())
    decoder.once('error', () =>
      reject(new EgressFailure({ kind: 'decode', message: `the body does not decode as ${coding}` })),
    )
    stream.pipe(decoder)
  }
  try {
    await promise
  } finally {
    clearInterval(dripTimer)
    stream.unpipe()
    decoder?.on('error', () => undefined).destroy()
    stream.destroy()
  }
  return { bytes: Buffer.concat(chunks, size), wireBytes, encoding, cut }
}
