import type { Measure } from './observations/postgres.ts'

/** A statement that gives one row of `value` and perhaps `whole`, and what a user needs to see the truth. */
export type ListedQuery = { statement: string; needs: 'nothing' | 'statistics'; none: string }

const client = `backend_type = 'client backend' AND pid <> pg_backend_pid()`
const ms = (interval: string) => `round(extract(epoch FROM ${interval}) * 1000)::text`

/** All that a probe asks beside SELECT 1, the version, the role, named settings and extensions. */
export const LISTED: Readonly<Record<Measure, ListedQuery>> = {
  'connections-used': {
    statement: `SELECT sum(numbackends)::text AS value, current_setting('max_connections') AS whole FROM pg_stat_database`,
    needs: 'nothing',
    none: 'no statistics',
  },
  'longest-query': {
    statement: `SELECT ${ms(`coalesce(max(clock_timestamp() - query_start), interval '0')`)} AS value FROM pg_stat_activity WHERE state = 'active' AND ${client}`,
    needs: 'statistics',
    none: 'no statistics',
  },
  'longest-lock-wait': {
    statement: `SELECT ${ms(`coalesce(max(clock_timestamp() - waitstart), interval '0')`)} AS value FROM pg_locks WHERE NOT granted`,
    needs: 'nothing',
    none: 'no statistics',
  },
  'longest-idle-transaction': {
    statement: `SELECT ${ms(`coalesce(max(clock_timestamp() - xact_start), interval '0')`)} AS value FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND ${client}`,
    needs: 'statistics',
    none: 'no statistics',
  },
  'replication-lag': {
    statement: `SELECT CASE WHEN pg_is_in_recovery()
      THEN CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN '0' ELSE ${ms('clock_timestamp() - pg_last_xact_replay_timestamp()')} END
      ELSE (SELECT ${ms(`max(coalesce(replay_lag, interval '0'))`)} FROM pg_stat_replication WHERE state = 'streaming') END AS value`,
    needs: 'statistics',
    none: 'no replica is streaming',
  },
  'cache-hit-rate': {
    statement: `SELECT blks_hit::text AS value, (blks_hit + blks_read)::text AS whole FROM pg_stat_database WHERE datname = current_database()`,
    needs: 'nothing',
    none: 'no statistics',
  },
  'index-use': {
    statement: `SELECT sum(coalesce(idx_tup_fetch, 0))::text AS value, sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::text AS whole FROM pg_stat_user_tables WHERE n_live_tup > 10000`,
    needs: 'nothing',
    none: 'no table has more than 10000 rows',
  },
}

export const SERVER = `SELECT current_setting('server_version_num') AS version, pg_is_in_recovery()::text AS replica,
  pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')::text AS statistics`
export const SETTING = `SELECT current_setting($1, true) AS value`
export const EXTENSION = `SELECT extversion AS value FROM pg_extension WHERE extname = $1`

/**
 * Where tools keep what they applied, each with the question whether one migration is: Prisma, Django (`app.0042_name`), Flyway,
 * Alembic, Knex, and Rails and others that keep numbers. Only what ended well counts.
 */
export const LEDGERS: readonly { table: string; statement: string }[] = [
  ledger('_prisma_migrations', 'migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL'),
  ledger('django_migrations', `app || '.' || name = $1`),
  ledger('flyway_schema_history', 'version = $1 AND success'),
  ledger('alembic_version', 'version_num = $1'),
  ledger('knex_migrations', 'name = $1'),
  ledger('schema_migrations', 'version::text = $1'),
]
export const HAS_TABLE = `SELECT to_regclass($1)::text AS value`

function ledger(table: string, where: string): { table: string; statement: string } {
  return { table, statement: `SELECT (count(*) > 0)::text AS value FROM ${table} WHERE ${where}` }
}

/** The server refuses the session, and that is what was measured: too many connections, starting up, shutting down. */
export const SHUT: readonly string[] = ['53300', '57P01', '57P02', '57P03']
/** Wrong password, no such user, no permission to connect. */
export function isAccess(code: string): boolean {
  return code.startsWith('28') || code === '42501'
}
