import { pool, type Tx } from './db.ts'

export const LIVE_CHANNEL = 'countersign_live'
/** At most 20 notifications a second and stream: a NOTIFY takes a lock of the whole database at commit. */
const PAUSE_MS = 50

const place = globalThis as { countersignHints?: Map<string, { again: boolean }> }

function waiting(): Map<string, { again: boolean }> {
  place.countersignHints ??= new Map()
  return place.countersignHints
}

/** Where the open streams of one person listen: what they may see can end at any moment. */
export function peopleRoom(userId: string): string {
  return `person:${userId}`
}

/**
 * Tells every instance together with the commit, never before it: for what a reader must not look up too early. A NOTIFY
 * in a transaction makes commits queue, so this is for rare changes alone.
 */
export async function hintAtCommit(tx: Tx, rooms: readonly string[]): Promise<void> {
  for (const room of rooms) await tx.$executeRaw`SELECT pg_notify(${LIVE_CHANNEL}, ${room})`
}

function send(stream: string): void {
  // A lost hint costs a watcher some seconds, not the truth: the hub polls as well.
  pool()
    .query('SELECT pg_notify($1, $2)', [LIVE_CHANNEL, stream])
    .catch(() => undefined)
}

/** Tells every instance that a stream has grown, after the commit and coalesced. Never waits, never fails. */
export function hint(stream: string): void {
  const held = waiting().get(stream)
  if (held) {
    held.again = true
    return
  }
  waiting().set(stream, { again: false })
  send(stream)
  setTimeout(() => {
    const now = waiting().get(stream)
    waiting().delete(stream)
    if (now?.again) hint(stream)
  }, PAUSE_MS).unref()
}
