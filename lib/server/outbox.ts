import type { Logger } from 'pino'
import { db } from './db.ts'
import { log } from './log.ts'

export type OutboxEvent = { stream: string; seq: number; canonical: string; hash: string }

const BATCH = 500
/** One drainer at a time in the whole database, or the order of a stream's events would be lost. */
const LOCK = 7_310_001

/**
 * Hands the next events on, in the order of their streams, and forgets them when `deliver` resolves: at least once, so a
 * receiver knows an event by its stream and sequence number. Returns how many; 0 also while another worker drains.
 */
export async function drainOutbox(deliver: (events: OutboxEvent[]) => Promise<void>): Promise<number> {
  return db().$transaction(
    async (tx) => {
      const locked = await tx.$queryRaw<
        { mine: boolean }[]
      >`SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine`
      if (!locked[0]?.mine) return 0
      // Ids are drawn under the stream's lock, so within a stream they rise with seq and none is committed late.
      const rows = await tx.$queryRaw<(OutboxEvent & { id: bigint })[]>`
        SELECT o.id, o.stream, o.seq, e.canonical, encode(e.hash, 'hex') AS hash
        FROM outbox o JOIN audit_event e ON e.stream = o.stream AND e.seq = o.seq ORDER BY o.id LIMIT ${BATCH}::int`
      if (rows.length === 0) return 0
      await deliver(rows.map(({ id: _, ...event }) => event))
      await tx.$executeRaw`DELETE FROM outbox WHERE id = ANY(${rows.map(({ id }) => id)}::bigint[])`
      return rows.length
    },
    { maxWait: 10_000, timeout: 60_000 },
  )
}

const place = globalThis as { countersignAuditLog?: Logger }

function auditLog(): Logger {
  // Kept even where the operator wants warnings only: the collector's copy of the log must have no gaps.
  place.countersignAuditLog ??= log().child(
    { channel: 'audit' },
    log().level === 'silent' ? {} : { level: 'info' },
  )
  return place.countersignAuditLog
}

/**
 * One JSON line an event for the operator's log collector (OWASP ASVS 5.0, 16.4.3): the envelope's exact text, so that its
 * hash can be checked outside, and its action in clear for filters.
 */
export function writeAuditLines(events: readonly OutboxEvent[]): void {
  for (const { stream, seq, canonical, hash } of events) {
    const { action, at } = JSON.parse(canonical) as { action: string; at: number }
    auditLog().info({ stream, seq, action, at, hash, envelope: canonical }, action)
  }
}
