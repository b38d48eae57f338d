import type { EndReason } from '#lib/people/session.ts'
import type { Tx } from '#lib/server/db.ts'
import { hintAtCommit, peopleRoom } from '#lib/server/live-hint.ts'

/**
 * Ends every live session of a person, except `kept`, inside the transaction of the change that calls for it: a changed
 * role, a deactivation, a new password. The next request of an ended session is not signed in, and its open streams of
 * every instance ask again as soon as this is committed.
 */
export async function endSessionsOf(
  tx: Tx,
  { userId, reason, kept }: { userId: string; reason: EndReason; kept?: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const spared = kept ?? new Uint8Array(0)
  await tx.$executeRaw`
    UPDATE session SET revoked_at = clock_timestamp(), revoked_reason = ${reason}
    WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND id_hash <> ${spared}`
  await hintAtCommit(tx, [peopleRoom(userId)])
}

/** Ends the named sessions; those that are over already keep their reason. */
export async function endSessions(
  tx: Tx,
  { ids, reason }: { ids: Uint8Array<ArrayBuffer>[]; reason: EndReason },
): Promise<void> {
  const ended = await tx.$queryRaw<{ user_id: string }[]>`
    UPDATE session SET revoked_at = clock_timestamp(), revoked_reason = ${reason}
    WHERE id_hash = ANY(${ids}::bytea[]) AND revoked_at IS NULL RETURNING user_id`
  await hintAtCommit(tx, [...new Set(ended.map((row) => peopleRoom(row.user_id)))])
}
