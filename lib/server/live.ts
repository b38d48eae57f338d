import pg from 'pg'
import { env } from './env.ts'
import { LIVE_CHANNEL } from './live-hint.ts'
import { log } from './log.ts'

type Listener = () => void
type Hub = { listeners: Map<string, Set<Listener>>; client: pg.Client | null; connecting: boolean }

// A dead connection can stay silent for minutes; a small question every few seconds finds out.
const HEARTBEAT_MS = 5_000
const RETRY_MS = 1_000

const place = globalThis as { countersignLive?: Hub }

function hub(): Hub {
  place.countersignLive ??= { listeners: new Map(), client: null, connecting: false }
  return place.countersignLive
}

function tell(stream: string): void {
  for (const listener of hub().listeners.get(stream) ?? []) listener()
}

/** Notifications are not kept for the absent: after every (re)connect each open cursor reads again. */
function tellAll(): void {
  for (const stream of hub().listeners.keys()) tell(stream)
}

function drop(client: pg.Client): void {
  if (hub().client !== client) return
  hub().client = null
  client.end().catch(() => undefined)
  if (hub().listeners.size > 0) setTimeout(() => void connect(), RETRY_MS).unref()
}

async function connect(): Promise<void> {
  const held = hub()
  if (held.client || held.connecting) return
  held.connecting = true
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: 'countersign-live',
    keepAlive: true,
  })
  client.on('error', () => drop(client))
  client.on('end', () => drop(client))
  client.on('notification', ({ payload }) => {
    if (payload) tell(payload)
  })
  try {
    await client.connect()
    await client.query(`LISTEN ${LIVE_CHANNEL}`)
    held.client = client
    tellAll()
    beat(client)
  } catch (error) {
    log().warn({ err: error }, 'live: cannot listen, trying again')
    client.end().catch(() => undefined)
    setTimeout(() => void connect(), RETRY_MS).unref()
  } finally {
    held.connecting = false
  }
}

function beat(client: pg.Client): void {
  setTimeout(async () => {
    if (hub().client !== client) return
    const late = setTimeout(() => drop(client), HEARTBEAT_MS)
    try {
      await client.query('SELECT 1')
      clearTimeout(late)
      beat(client)
    } catch {
      clearTimeout(late)
      drop(client)
    }
  }, HEARTBEAT_MS).unref()
}

/**
 * Calls `listener` when a stream may have grown: after a hint of any instance, and after every reconnect. It is a hint,
 * not the news: the listener reads from its own cursor. Returns the way to stop.
 */
export function listen(stream: string, listener: Listener): () => void {
  const { listeners } = hub()
  const set = listeners.get(stream) ?? new Set()
  listeners.set(stream, set.add(listener))
  void connect()
  return () => {
    set.delete(listener)
    if (set.size === 0) listeners.delete(stream)
  }
}
