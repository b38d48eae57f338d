import type { Tx } from '#lib/server/db.ts'

/** Ends a person's sessions at once, but for the one kept (hex of its id's hash). */
export async function endSessions({
  tx,
  userId,
  at,
  reason,
  keep,
}: {
  tx: Tx
  userId: string
  at: Date
  reason: string
  keep: string | null
}): Promise<void> {
  await tx.session.updateMany({
    where: {
      userId,
      revokedAt: null,
      ...(keep === null ? {} : { NOT: { idHash: new Uint8Array(Buffer.from(keep, 'hex')) } }),
    },
    data: { revokedAt: at, revokedReason: reason },
  })
}
