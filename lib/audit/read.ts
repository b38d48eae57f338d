import type { MemberActor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'
import { type ChainVerdict, verifyChain } from './chain.ts'
import { ACTIONS } from './events.ts'

export type TrailEvent = {
  seq: number
  at: number
  action: string
  who: string
  data: Record<string, unknown>
  canonical: string
  hash: string
}
export type Trail = {
  stream: string
  head: { seq: number; hash: string }
  events: TrailEvent[]
  older: number | null
}
export type TrailVerdict = ChainVerdict & { head: { seq: number; hash: string } }

export const TRAIL_PAGE = 200
const VERIFY_BATCH = 5_000

type EventRow = { seq: number; canonical: string; prev: Uint8Array; hash: Uint8Array }
type Envelope = { at: number; action: string; actor: { name: string }; data: Record<string, unknown> }

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** A stored line that somebody broke must still be listed: it is shown as it stands. */
function trailEvent({ seq, canonical, hash }: EventRow): TrailEvent {
  try {
    const { at, action, actor, data } = JSON.parse(canonical) as Envelope
    return {
      seq,
      at,
      action: ACTIONS.includes(action as never) ? action : `unknown: ${action}`,
      who: actor.name,
      data,
      canonical,
      hash: hex(hash),
    }
  } catch {
    return { seq, at: 0, action: 'unreadable', who: '', data: {}, canonical, hash: hex(hash) }
  }
}

async function headOf(actor: MemberActor, stream: string): Promise<{ seq: number; hash: string } | null> {
  const row = await db().auditStream.findFirst({
    where: { id: stream, teamId: actor.team.id },
    select: { seq: true, head: true },
  })
  return row ? { seq: row.seq, hash: hex(row.head) } : null
}

/** A page of one stream of the actor's team, newest first; `before`: the sequence number to go on below. Null when it is not theirs. */
export async function getTrail(
  actor: MemberActor,
  { stream, before, limit = TRAIL_PAGE }: { stream: string; before: number | null; limit?: number },
): Promise<Trail | null> {
  const head = await headOf(actor, stream)
  if (!head) return null
  const rows = await db().auditEvent.findMany({
    where: { stream, ...(before === null ? {} : { seq: { lt: before } }) },
    orderBy: { seq: 'desc' },
    take: limit + 1,
    select: { seq: true, canonical: true, prev: true, hash: true },
  })
  const page = rows.slice(0, limit)
  return {
    stream,
    head,
    events: page.map(trailEvent),
    older: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  }
}

/**
 * Hashes a whole stream again, from its first event to the head that the database names, and says where it breaks.
 * A database rewritten as a whole, head included, needs a head kept elsewhere: a receipt.
 */
export async function verifyTrail(actor: MemberActor, stream: string): Promise<TrailVerdict | null> {
  const head = await headOf(actor, stream)
  if (!head) return null
  const events: { stream: string; seq: number; canonical: string; prev: Uint8Array; hash: Uint8Array }[] = []
  for (let after = 0; ; ) {
    const rows = await db().auditEvent.findMany({
      where: { stream, seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: VERIFY_BATCH,
      select: { seq: true, canonical: true, prev: true, hash: true },
    })
    // What was appended after the head was read belongs to the next verification.
    for (const row of rows) if (row.seq <= head.seq || head.seq === 0) events.push({ stream, ...row })
    after = rows.at(-1)?.seq ?? after
    if (rows.length < VERIFY_BATCH) break
  }
  return { ...verifyChain({ stream, events, head }), head }
}
