import type { Actor } from '#lib/access/actor.ts'
import { append, lockStream } from '#lib/audit/append.ts'
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
  const stream =
    actor.kind === 'person' || actor.kind === 'system'
      ? (actor.team?.streamId ?? SYSTEM_STREAM)
      : SYSTEM_STREAM
  await db().$transaction(async (tx) => {
    const { seq, now } = await lockStream({ tx, stream, supplied: null })
    await append({
      tx,
      stream,
      seq,
      now,
      actor,
      entries: [{ action: 'access.refused', data: { verb, because } }],
      requestId: currentRequest()?.id ?? null,
    })
  })
}
