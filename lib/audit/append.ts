import { type Actor, nameOf } from '#lib/access/actor.ts'
import type { Tx } from '#lib/server/db.ts'
import { canonical } from '#lib/shared/canonical.ts'
import type { Json } from '#lib/shared/result.ts'
import type { AuditEntry } from './events.ts'
import type { PendingText } from './texts.ts'

/** Who acted, as the record keeps it: names are snapshots, so the log outlives the account. */
export function actorRecord(actor: Actor): Json {
  switch (actor.kind) {
    case 'person':
      return {
        kind: 'person',
        userId: actor.userId,
        memberId: actor.team?.memberId ?? null,
        name: actor.name,
      }
    case 'token':
    case 'api_token':
      return { kind: 'token', tokenId: actor.tokenId, name: actor.name }
    case 'system':
      return { kind: 'system', name: actor.name }
    case 'anonymous':
      return { kind: 'anonymous', name: nameOf(actor) }
  }
}

/** Locks a stream until the transaction ends and reads the clock after the lock. */
export async function lockStream({
  tx,
  stream,
  supplied,
}: {
  tx: Tx
  stream: string
  supplied: Date | null
}): Promise<{ seq: number; now: Date }> {
  const rows = await tx.$queryRaw<
    { seq: number; at_ms: bigint }[]
  >`SELECT seq, at_ms FROM stream_clock(${stream}::uuid, ${supplied}::timestamptz)`
  const row = rows[0]
  if (!row) throw new Error(`no stream ${stream}`)
  return { seq: row.seq, now: new Date(Number(row.at_ms)) }
}

export async function openStream({
  tx,
  stream,
  teamId,
  kind,
  sample,
}: {
  tx: Tx
  stream: string
  teamId: string | null
  kind: string
  sample: boolean
}): Promise<void> {
  await tx.$executeRaw`SELECT open_stream(${stream}::uuid, ${teamId}::uuid, ${kind}, ${sample})`
}

/**
 * Writes entries at the end of a stream whose lock the caller holds, as canonical envelopes
 * `{v, stream, seq, at, actor, action, target…}`; returns the last sequence number.
 */
export async function append({
  tx,
  stream,
  seq,
  now,
  actor,
  entries,
  requestId,
}: {
  tx: Tx
  stream: string
  seq: number
  now: Date
  actor: Actor
  entries: readonly AuditEntry[]
  requestId: string | null
}): Promise<number> {
  const who = actorRecord(actor)
  const lines = entries.map((entry, index) =>
    canonical({
      v: 1,
      stream,
      seq: seq + 1 + index,
      at: now.getTime(),
      actor: who,
      action: entry.action,
      data: entry.data as Json,
      request: requestId,
    }),
  )
  await tx.$executeRaw`SELECT append_events(${stream}::uuid, ${lines}::text[])`
  return seq + lines.length
}

export async function writeTexts({
  tx,
  stream,
  teamId,
  texts,
}: {
  tx: Tx
  stream: string
  teamId: string | null
  texts: readonly PendingText[]
}): Promise<void> {
  for (const text of texts) {
    await tx.auditText.create({
      data: { id: text.textId, teamId, stream, salt: text.salt, body: text.body },
      select: { id: true },
    })
  }
}
