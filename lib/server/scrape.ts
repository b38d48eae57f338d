import { timingSafeEqual } from 'node:crypto'
import { Gauge } from 'prom-client'
import { pool } from './db.ts'
import { env } from './env.ts'
import { secretHash } from './ids.ts'
import { registry } from './telemetry.ts'

type Pool = Record<'connections' | 'idle' | 'waiting' | 'most', Gauge>
type Whole = Record<'up' | 'outbox' | 'lag' | 'sessions', Gauge>
type Row = { outbox: number; lag: number; sessions: number }

const place = globalThis as { countersignPool?: Pool; countersignWhole?: Whole }
const TIMEOUT_MS = 3_000

const gauge = (name: string, help: string) =>
  new Gauge({ name: `countersign_${name}`, help, registers: [registry()] })

function poolFigures(): Pool {
  place.countersignPool ??= {
    connections: gauge('db_pool_connections', 'Open database connections of this process.'),
    idle: gauge('db_pool_idle_connections', 'Open database connections of this process that do nothing.'),
    waiting: gauge('db_pool_waiting_requests', 'Requests of this process that wait for a connection.'),
    most: gauge('db_pool_max_connections', 'Connections that this process opens at most (DATABASE_POOL).'),
  }
  return place.countersignPool
}

/** A gauge begins at 0 and not absent, so these come into being where they are filled. */
function wholeFigures(): Whole {
  place.countersignWhole ??= {
    up: gauge('database_up', 'Whether the database answered this scrape: 1 or 0.'),
    outbox: gauge('outbox_events', 'Events of the log not handed on yet, in the whole database.'),
    lag: gauge(
      'outbox_lag_seconds',
      'Age of the oldest event not handed on yet, in the whole database; 0 when there is none.',
    ),
    sessions: gauge('sessions', 'Sessions that are neither over nor idle too long, in the whole database.'),
  }
  return place.countersignWhole
}

const LOOK = `
  SELECT (SELECT count(*)::int FROM outbox) AS outbox,
         coalesce((SELECT extract(epoch FROM clock_timestamp() - to_timestamp((e.canonical::jsonb ->> 'at')::float8 / 1000))
           FROM outbox o JOIN audit_event e ON e.stream = o.stream AND e.seq = o.seq ORDER BY o.id LIMIT 1), 0)::float8 AS lag,
         (SELECT count(*)::int FROM session WHERE revoked_at IS NULL AND absolute_expires_at > clock_timestamp()
           AND last_seen_at > clock_timestamp() - make_interval(secs => $1)) AS sessions`

/** What the database says, or null: a scrape must not hang with it, and an old figure must not look like a new one. */
async function look(): Promise<Row | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMEOUT_MS)
  })
  const asked = pool()
    .query<Row>(LOOK, [env().IDLE_SECONDS])
    .then(
      ({ rows }) => rows[0] ?? null,
      () => null,
    )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

function showDatabase(row: Row | null): void {
  const { up, outbox, lag, sessions } = wholeFigures()
  up.set(row ? 1 : 0)
  for (const figure of [outbox, lag, sessions]) figure.remove()
  if (!row) return
  outbox.set(row.outbox)
  // The event's time is the stream's, which a sample may have set ahead.
  lag.set(Math.max(0, row.lag))
  sessions.set(row.sessions)
}

/** Whether the one who scrapes may: always, unless METRICS_TOKEN is set; then by `Authorization: Bearer …`. */
export function mayScrape(authorization: string | null | undefined): boolean {
  const token = env().METRICS_TOKEN
  if (token === undefined) return true
  const given = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(secretHash(given), secretHash(token))
}

/**
 * Everything measured, in Prometheus' text format, with its content type. `database`: also what is counted in the whole
 * database, which each server says alike and a worker leaves to them.
 */
export async function metricsText({
  database,
}: {
  database: boolean
}): Promise<{ text: string; contentType: string }> {
  const { connections, idle, waiting, most } = poolFigures()
  if (database) showDatabase(await look())
  const held = pool()
  connections.set(held.totalCount)
  idle.set(held.idleCount)
  waiting.set(held.waitingCount)
  most.set(env().DATABASE_POOL)
  return { text: await registry().metrics(), contentType: registry().contentType }
}
