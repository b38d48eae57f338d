import { db } from '#lib/server/db.ts'

/** Notes when a gate token was last used: a machine's remark, at most one write a minute and token, never waited for. */
export function touchGateToken(tokenHash: Uint8Array<ArrayBuffer>): void {
  db().$executeRaw`UPDATE gate_token SET last_used_at = clock_timestamp()
      WHERE token_hash = ${tokenHash} AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')`.catch(
    () => undefined,
  )
}
