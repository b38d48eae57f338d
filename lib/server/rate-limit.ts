import ipaddr from 'ipaddr.js'
import { db, type Tx } from './db.ts'

/**
 * Counters in the machine table `rate_limit`, counted before the guarded work starts: of a thousand requests sent at
 * once only the allowed ones get through. The database's clock decides.
 */
export type Spent = { allowed: true; count: number } | { allowed: false; retryAfterSeconds: number }

export type Window = { limit: number; seconds: number }
export type Slowdown = {
  /** Uses in a row without any delay. */
  free: number
  /** The first delay, doubled with each further use up to `mostSeconds`. */
  firstSeconds: number
  mostSeconds: number
  /** After so long without a use the count starts anew. */
  forgetSeconds: number
}

async function waitFor(key: string, lateSeconds: number): Promise<Spent> {
  const rows = await db().$queryRaw<{ seconds: number }[]>`
    SELECT ceil(extract(epoch FROM window_end - clock_timestamp()))::int AS seconds FROM rate_limit WHERE key = ${key}`
  return { allowed: false, retryAfterSeconds: Math.max(1, (rows[0]?.seconds ?? 1) - lateSeconds) }
}

/** At most `limit` uses in each window, which starts with its first use; `uses` at once are all spent, or none. */
export async function spend({
  key,
  window,
  uses = 1,
}: {
  key: string
  window: Window
  uses?: number
}): Promise<Spent> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    INSERT INTO rate_limit AS held (key, count, window_end)
    VALUES (${key}, ${uses}::int, clock_timestamp() + make_interval(secs => ${window.seconds}::float8))
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN held.window_end <= clock_timestamp() THEN excluded.count ELSE held.count + excluded.count END,
      window_end = CASE WHEN held.window_end <= clock_timestamp() THEN excluded.window_end ELSE held.window_end END
    WHERE held.window_end <= clock_timestamp() OR held.count + excluded.count <= ${window.limit}::int
    RETURNING count`
  return rows[0] ? { allowed: true, count: rows[0].count } : waitFor(key, 0)
}

function delaySeconds(count: number, slowdown: Slowdown): number {
  return count < slowdown.free
    ? 0
    : Math.min(slowdown.mostSeconds, slowdown.firstSeconds * 2 ** (count - slowdown.free))
}

/** Uses in a row, each after `free` only a growing while after the one before; one that comes too early is not counted. */
export async function spendSlowly({ key, slowdown }: { key: string; slowdown: Slowdown }): Promise<Spent> {
  const { free, firstSeconds, mostSeconds, forgetSeconds } = slowdown
  const rows = await db().$queryRaw<{ count: number }[]>`
    INSERT INTO rate_limit AS held (key, count, window_end)
    VALUES (${key}, 1, clock_timestamp() + make_interval(secs => ${forgetSeconds}::float8))
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN held.window_end <= clock_timestamp() THEN 1 ELSE held.count + 1 END,
      window_end = excluded.window_end
    WHERE held.window_end <= clock_timestamp()
       OR held.count < ${free}::int
       OR clock_timestamp() >= held.window_end - make_interval(secs => ${forgetSeconds}::float8)
          + make_interval(secs => least(${mostSeconds}::float8, ${firstSeconds}::float8 * power(2, least(held.count - ${free}::int, 30))))
    RETURNING count`
  if (rows[0]) return { allowed: true, count: rows[0].count }
  const held = await db().rateLimit.findUnique({ where: { key }, select: { count: true } })
  return waitFor(key, forgetSeconds - delaySeconds(held?.count ?? free, slowdown))
}

/** Gives one use back: the guarded work was no misuse after all. */
export async function giveBack(key: string): Promise<void> {
  await db().$executeRaw`UPDATE rate_limit SET count = greatest(count - 1, 0) WHERE key = ${key}`
}

/** Forgets every counter whose key starts with `prefix`; `tx` joins a change's own transaction. */
export async function forget({ prefix, tx }: { prefix: string; tx?: Tx }): Promise<void> {
  await (tx ?? db()).$executeRaw`DELETE FROM rate_limit WHERE starts_with(key, ${prefix})`
}

/** The network that an address counts for: IPv4 as it is, IPv6 by its /64, which one household or host controls whole. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${parsed.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`
}
