import { createHash } from 'node:crypto'
import { canonical } from '#lib/shared/canonical.ts'
import type { Json } from '#lib/shared/result.ts'

/** Domain separation: bytes hashed for an audit link can never be those of another kind of digest. */
const DOMAIN = 'auditv1\n'
const DIGEST = /^[0-9a-f]{64}$/

/** The predecessor of a stream's first event: 32 zero bytes, in hexadecimal. */
export const GENESIS_PREV = '0'.repeat(64)

/** One stored event. `seq` counts from 1 inside its stream; `prev` and `hash` are SHA-256, bytes or 64 hexadecimal digits. */
export type ChainEvent = {
  stream: string
  seq: number
  canonical: string
  prev: Uint8Array | string
  hash: Uint8Array | string
}

/** What a receipt, a seal or the stream's row says its last event is. `seq` 0 with 32 zero bytes is an empty stream. */
export type ChainHead = { seq: number; hash: Uint8Array | string }

/**
 * What is wrong with a chain. `hash`: the text is not the one that was hashed. `link`: it does not follow its predecessor.
 * `gap`, `reordered`, `duplicate`: sequence numbers. `foreign`: belongs to another stream. `not_canonical`: not the
 * canonical text of an object. `truncated`: the head knows later events. `head`: the last event is not the head.
 */
export type ChainBreak =
  | 'hash'
  | 'link'
  | 'gap'
  | 'reordered'
  | 'duplicate'
  | 'foreign'
  | 'not_canonical'
  | 'truncated'
  | 'head'

export type ChainVerdict =
  | { ok: true; count: number }
  | { ok: false; at: { stream: string; seq: number }; kind: ChainBreak; message: string }

function hexOf(digest: Uint8Array | string): string {
  return typeof digest === 'string' ? digest : Buffer.from(digest).toString('hex')
}

/**
 * The hash of one event: SHA-256("auditv1\n" ‖ 32 bytes of `prev` ‖ UTF-8 of `canonical`), in hexadecimal. The append
 * function of the database computes the same. Throws a TypeError when `prev` is not a SHA-256.
 */
export function linkHash({ prev, canonical }: { prev: Uint8Array | string; canonical: string }): string {
  const before = hexOf(prev)
  if (!DIGEST.test(before))
    throw new TypeError('prev must be a SHA-256: 32 bytes or 64 lower-case hexadecimal digits')
  return createHash('sha256').update(DOMAIN).update(before, 'hex').update(canonical, 'utf8').digest('hex')
}

type Break = { kind: ChainBreak; message: string }

function sequenceBreak(seq: number, expected: number, later: ReadonlySet<number>): Break | null {
  if (seq === expected) return null
  if (seq < expected && seq > 0) {
    return {
      kind: 'duplicate',
      message: `event ${seq} stands in the chain a second time, where ${expected} was due`,
    }
  }
  if (later.has(expected)) {
    return {
      kind: 'reordered',
      message: `event ${seq} stands where ${expected} was due, and ${expected} comes later`,
    }
  }
  return { kind: 'gap', message: `event ${expected} is missing: the chain goes on with ${seq}` }
}

function linkBreak(event: ChainEvent, expectedPrev: string): Break | null {
  const stored = hexOf(event.hash)
  const linked = hexOf(event.prev) === expectedPrev
  const follows = linkHash({ prev: expectedPrev, canonical: event.canonical }) === stored
  if (linked && follows) return null
  if (linked) {
    return {
      kind: 'hash',
      message: `the text of event ${event.seq} is not the text that was hashed when it was written`,
    }
  }
  const own =
    DIGEST.test(hexOf(event.prev)) && linkHash({ prev: event.prev, canonical: event.canonical }) === stored
  if (!follows && !own) {
    return {
      kind: 'hash',
      message: `event ${event.seq} agrees neither with its own hash nor with its predecessor`,
    }
  }
  return {
    kind: 'link',
    message: `event ${event.seq} does not follow event ${event.seq - 1}: one of the two was replaced, or one between them removed`,
  }
}

function envelopeBreak(event: ChainEvent): Break | null {
  let envelope: Json
  try {
    envelope = JSON.parse(event.canonical)
    if (canonical(envelope) !== event.canonical) throw new TypeError('another spelling of the same value')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      kind: 'not_canonical',
      message: `the text of event ${event.seq} is not canonical JSON (${reason})`,
    }
  }
  if (envelope === null || typeof envelope !== 'object' || Array.isArray(envelope)) {
    return { kind: 'not_canonical', message: `the text of event ${event.seq} is not an object` }
  }
  if (envelope.stream !== event.stream) {
    return { kind: 'foreign', message: `event ${event.seq} was written for another stream` }
  }
  if (envelope.seq !== event.seq) {
    return {
      kind: 'reordered',
      message: `event ${event.seq} was written as event ${JSON.stringify(envelope.seq)}`,
    }
  }
  return null
}

function headBreak(events: readonly ChainEvent[], head: ChainHead): { seq: number; found: Break } | null {
  const count = events.length
  if (head.seq > count) {
    const message = `the stream had ${head.seq} events, ${count} are left: event ${count + 1} and later were cut off`
    return { seq: count + 1, found: { kind: 'truncated', message } }
  }
  if (head.seq < count) {
    const message = `event ${head.seq + 1} stands beyond the head, which knows ${head.seq} events`
    return { seq: head.seq + 1, found: { kind: 'head', message } }
  }
  const last = events.at(-1)
  if (hexOf(head.hash) === (last === undefined ? GENESIS_PREV : hexOf(last.hash))) return null
  return { seq: count, found: { kind: 'head', message: `event ${count} is not the one that the head names` } }
}

/**
 * Verifies one whole stream, its events in stored order from the first, and names the first sequence number that is
 * wrong. A chain cut at its tail is consistent in itself: only a `head` kept elsewhere (a receipt, a seal) finds that.
 * The text is compared with its hash before its meaning is read, so an edited event is called edited, whatever it now says.
 */
export function verifyChain({
  stream,
  events,
  head,
}: {
  stream: string
  events: readonly ChainEvent[]
  head?: ChainHead
}): ChainVerdict {
  const later = new Set(events.map((event) => event.seq))
  let prev = GENESIS_PREV
  let expected = 1
  for (const event of events) {
    const found =
      sequenceBreak(event.seq, expected, later) ??
      (event.stream === stream
        ? null
        : { kind: 'foreign' as const, message: `event ${event.seq} belongs to another stream` }) ??
      linkBreak(event, prev) ??
      envelopeBreak(event)
    if (found !== null) return { ok: false, at: { stream, seq: expected }, ...found }
    prev = hexOf(event.hash)
    expected += 1
  }
  const wrong = head === undefined ? null : headBreak(events, head)
  if (wrong !== null) return { ok: false, at: { stream, seq: wrong.seq }, ...wrong.found }
  return { ok: true, count: events.length }
}
