import { type Actor, nameOf } from '#lib/access/actor.ts'
import type { Tx } from '#lib/server/db.ts'
import { type Sql, sql } from '#lib/server/sql.ts'
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
 * The statement that writes entries at the end of a stream whose lock the caller holds, as canonical envelopes
 * `{v, stream, seq, at, actor, action, target…}`, and the last sequence number after it.
 */
export function appending({
  stream,
  seq,
  now,
  actor,
  entries,
  requestId,
}: {
  stream: string
  seq: number
  now: Date
  actor: Actor
  entries: readonly AuditEntry[]
  requestId: string | null
}): { last: number; statement: Sql } {
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
  const statement = sql`SELECT append_events(${stream}::uuid, ${lines}::text[])`
  return { last: seq + lines.length, statement }
}

/** Appends at once; returns the last sequence number. */
export async function append({ tx, ...what }: Parameters<typeof appending>[0] & { tx: Tx }): Promise<number> {
  const { last, statement } = appending(what)
  await tx.$executeRaw(statement)
  return last
}

/** The statement that puts free texts beside the log; none when there are none. */
export function textsWriting({
  stream,
  teamId,
  texts,
}: {
  stream: string
  teamId: string | null
  texts: readonly PendingText[]
}): Sql[] {
  if (texts.length === 0) return []
  const ids = texts.map(({ textId }) => textId)
  const salts = texts.map(({ salt }) => Buffer.from(salt).toString('hex'))
  const bodies = texts.map(({ body }) => body)
  return [
    sql`INSERT INTO audit_text (id, team_id, stream, salt, body)
      SELECT t.id, ${teamId}::uuid, ${stream}::uuid, decode(t.salt, 'hex'), t.body
      FROM unnest(${ids}::uuid[], ${salts}::text[], ${bodies}::text[]) AS t (id, salt, body)`,
  ]
}

export async function writeTexts({
  tx,
  ...what
}: Parameters<typeof textsWriting>[0] & { tx: Tx }): Promise<void> {
  for (const statement of textsWriting(what)) await tx.$executeRaw(statement)
}
