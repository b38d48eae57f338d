import { db } from './db.ts'
import { env } from './env.ts'

/** Seconds that a session still has: until it idles out, and until it ends whatever the person does. */
export type SessionClock = { idleSeconds: number; absoluteSeconds: number }

type Row = { idle: number; absolute: number }

function clockOf(row: Row | undefined): SessionClock | null {
  return row ? { idleSeconds: row.idle, absoluteSeconds: row.absolute } : null
}

/** The true remaining time of a session, or null when it is over. Reading extends nothing. */
export async function readSessionClock(idHash: Uint8Array<ArrayBuffer>): Promise<SessionClock | null> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT extract(epoch FROM last_seen_at - clock_timestamp())::float8 + ${env().IDLE_SECONDS}::int AS idle,
           extract(epoch FROM absolute_expires_at - clock_timestamp())::float8 AS absolute
    FROM session
    WHERE id_hash = ${idHash} AND revoked_at IS NULL AND absolute_expires_at > clock_timestamp()
      AND last_seen_at > clock_timestamp() - make_interval(secs => ${env().IDLE_SECONDS}::int)`
  return clockOf(rows[0])
}

/**
 * Records that the person did something `agoSeconds` ago: the only writer of `last_seen_at`, a machine column. Never
 * moves it back, never wakes a session that is over (null).
 */
export async function touchSession({
  idHash,
  agoSeconds,
}: {
  idHash: Uint8Array<ArrayBuffer>
  agoSeconds: number
}): Promise<SessionClock | null> {
  const rows = await db().$queryRaw<Row[]>`
    UPDATE session SET last_seen_at = greatest(last_seen_at, clock_timestamp() - make_interval(secs => ${agoSeconds}::float8))
    WHERE id_hash = ${idHash} AND revoked_at IS NULL AND absolute_expires_at > clock_timestamp()
      AND last_seen_at > clock_timestamp() - make_interval(secs => ${env().IDLE_SECONDS}::int)
    RETURNING extract(epoch FROM last_seen_at - clock_timestamp())::float8 + ${env().IDLE_SECONDS}::int AS idle,
              extract(epoch FROM absolute_expires_at - clock_timestamp())::float8 AS absolute`
  return clockOf(rows[0])
}
