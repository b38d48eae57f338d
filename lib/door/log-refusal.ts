import type { Actor } from '#lib/access/actor.ts'
import { append, lockStream } from '#lib/audit/append.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { db } from '#lib/server/db.ts'
import { currentRequest } from '#lib/server/requests.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'

/** A refused act is a line of its own, in its own transaction: what was tried must not vanish with the refusal. */
export async function logRefusal({
  actor,
  verb,
  because,
}: {
  actor: Actor
  verb: string
  because: string
}): Promise<void> {
  await logAlone(actor, { action: 'access.refused', data: { verb, because } })
}

/** An address that the egress guard kept somebody from, named by its host alone: the rest may hold a secret. */
export async function logFetchBlocked({
  actor,
  host,
  why,
}: {
  actor: Actor
  host: string
  why: string
}): Promise<void> {
  await logAlone(actor, { action: 'template.fetch_blocked', data: { host, why } })
}

/** Every address that the egress guard kept a look from which no run records. */
export async function logLookBlocked({
  principal,
  team,
  environmentId,
  blocks,
}: {
  principal: Principal
  team: string
  environmentId: string
  blocks: readonly { target: string; why: string }[]
}): Promise<void> {
  if (blocks.length === 0) return
  const actor = await mintActor({ principal, team })
  if (typeof actor === 'string') return
  const entries = blocks.map((block) => ({
    action: 'service.look_blocked' as const,
    data: { environmentId, ...block },
  }))
  await logAlone(actor, ...entries)
}

async function logAlone(actor: Actor, ...entries: AuditEntry[]): Promise<void> {
  const stream = actor.team?.streamId ?? SYSTEM_STREAM
  await db().$transaction(async (tx) => {
    const { seq, now } = await lockStream({ tx, stream, supplied: null })
    await append({
      tx,
      stream,
      seq,
      now,
      actor,
      entries,
      requestId: currentRequest()?.id ?? null,
    })
  })
}
