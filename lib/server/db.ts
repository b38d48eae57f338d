import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from '#prisma/generated/client.ts'
import { env } from './env.ts'
import { statementName } from './statement-name.ts'

/** A transaction of the app's role. */
export type Tx = Prisma.TransactionClient

type Held = { pool: pg.Pool; client: PrismaClient; readonly role: 'countersign_app' | 'owner' | 'unknown' }

// Pages, routes and instrumentation can be separate bundles of one process: one pool for all of them.
const place = globalThis as { countersignDb?: Held }

function connect(): Held {
  let role: Held['role'] = 'unknown'
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: env().DATABASE_POOL,
    connectionTimeoutMillis: 10_000,
    application_name: 'countersign',
    // What is asked without waiting for the answer before is sent without waiting, too.
    pipeline: true,
    // Before a connection is handed out for the first time, so that no statement of the app runs as the owner.
    onConnect: async (connection) => {
      try {
        await connection.query('SET ROLE countersign_app')
        role = 'countersign_app'
      } catch {
        role = 'owner'
      }
    },
  })
  // An idle connection that breaks is replaced by the pool; without a listener Node would end the process.
  pool.on('error', () => undefined)
  return {
    pool,
    client: new PrismaClient({
      adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) }),
    }),
    get role() {
      return role
    },
  }
}

function held(): Held {
  place.countersignDb ??= connect()
  return place.countersignDb
}

/** The app's database client: one pool a process. */
export function db(): PrismaClient {
  return held().client
}

/** The pool behind `db()`, for the few statements that need the driver itself. */
export function pool(): pg.Pool {
  return held().pool
}

/** Whether the append-only role is in force; 'owner' means that the triggers alone protect the log. */
export function databaseRole(): Held['role'] {
  return held().role
}

/** Closes the pool; for tests and the end of a process. */
export async function closeDb(): Promise<void> {
  const open = place.countersignDb
  place.countersignDb = undefined
  await open?.client.$disconnect()
  if (open && !open.pool.ended) await open.pool.end()
}
