import type { PostgresProbe } from '#lib/probes/kinds/postgres.ts'
import { MEASURES, type Measure, type PostgresObservation } from '#lib/probes/observations/postgres.ts'
import { placedAddress } from '#lib/probes/place.ts'
import {
  EXTENSION,
  HAS_TABLE,
  isAccess,
  LEDGERS,
  LISTED,
  SERVER,
  SETTING,
  SHUT,
} from '#lib/probes/postgres-queries.ts'
import { decodedPart, excerptOf, secretsOf } from '#lib/probes/redact.ts'
import {
  openPostgres,
  PostgresRefusal,
  type PostgresTalk,
  SSL_MODES,
  type SslMode,
} from '#lib/server/egress/postgres.ts'
import { timed } from '#lib/server/egress/trace.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { nextConnection, observedTls } from './phases.ts'

type Details = Omit<
  PostgresObservation,
  'v' | 'kind' | 'at' | 'configHash' | 'connection' | 'phases' | 'error' | 'tls'
>
type PostgresAttempt = Attempt<PostgresProbe, Details>

/** One session, one read-only transaction, a time limit on every statement, and no statement that is not listed. */
export const postgresChannel: Channel<PostgresProbe, Details, PostgresObservation> = {
  blank: () => ({
    address: null,
    refusal: null,
    server: null,
    selected: null,
    measures: [],
    settings: [],
    extensions: [],
  }),
  async look(attempt) {
    const { config, environment, guard, details } = attempt
    attempt.secrets = secretsOf({ variables: environment.variables, headers: [] })
    const address = placedAddress(config.url, { environment, schemes: ['postgresql', 'postgres'] })
    if (!address.ok) throw new ProbeStopped('config', address.message)
    const { url } = address
    const target = {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 5432 : Number(url.port),
    }
    const user = decodedPart(url.username) || 'postgres'
    const database = decodedPart(url.pathname.slice(1)) || user
    details.address = `postgresql://${url.hostname}:${target.port}/${database}`
    const sslMode = modeOf(url, config.url)
    const trace = nextConnection(attempt, target)
    try {
      const password = decodedPart(url.password)
      const talk = await openPostgres({ ...target, user, password, database, sslMode }, guard, trace)
      try {
        await timed(trace, 'transfer', () => asked(attempt, talk))
      } finally {
        talk.end()
      }
    } catch (error) {
      if (!(error instanceof PostgresRefusal)) throw error
      settle(attempt, error)
    }
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}

function modeOf(url: URL, shown: string): SslMode {
  const written = url.searchParams.get('sslmode') ?? 'prefer'
  const mode = SSL_MODES.find((known) => known === written)
  if (mode !== undefined) return mode
  throw new ProbeStopped('config', `${shown} has an sslmode that is not ${SSL_MODES.join(', ')}.`)
}

/** What the server refuses is a finding when it lets nobody in, and else only says that we could not measure. */
function settle({ details, secrets }: PostgresAttempt, { code, message }: PostgresRefusal): void {
  const said = excerptOf(message, secrets).slice(0, 200)
  if (SHUT.includes(code)) details.refusal = { code, message: said }
  else if (isAccess(code)) throw new ProbeStopped('access', notLetIn({ code, message }))
  else throw new ProbeStopped('query', `PostgreSQL answered ${code}: ${said}`)
}

/** PostgreSQL takes the connection first and asks for the certificate then, so that TLS says nothing of it. */
function notLetIn({ code, message }: Pick<PostgresRefusal, 'code' | 'message'>): string {
  return /client certificate|certificate authentication failed/.test(message)
    ? `PostgreSQL wants a client certificate, or another one: see client-cert (${code})`
    : `PostgreSQL did not let the user of the address in (${code})`
}

async function asked(attempt: PostgresAttempt, talk: PostgresTalk): Promise<void> {
  const { config, details } = attempt
  await talk.row('BEGIN TRANSACTION READ ONLY')
  await talk.row(`SET LOCAL statement_timeout = ${Math.min(config.timeoutMs, 5_000)}`)
  details.selected = (await talk.row('SELECT 1 AS one'))?.one === '1'
  const server = await talk.row(SERVER)
  details.server = server && {
    version: Math.floor(Number(server.version) / 10_000),
    role: server.replica === 'true' ? 'replica' : 'primary',
    readsStatistics: server.statistics === 'true',
  }
  for (const on of MEASURES.filter((measure) => config.conditions.some((check) => check.on === measure)))
    details.measures.push({ on, ...(await measured(attempt, { talk, on })) })
  for (const check of config.conditions) {
    if (check.on === 'setting')
      details.settings.push({ name: check.name, value: await named(attempt, talk, SETTING, check.name) })
    if (check.on === 'migrated') {
      details.migrations ??= []
      details.migrations.push(await migration(attempt, talk, check.text))
    }
    if (check.on === 'extension')
      details.extensions.push({
        name: check.text,
        version: await named(attempt, talk, EXTENSION, check.text),
      })
  }
  await talk.row('ROLLBACK')
}

type Measured = Pick<PostgresObservation['measures'][number], 'value' | 'whole' | 'why'>

async function measured(
  attempt: PostgresAttempt,
  { talk, on }: { talk: PostgresTalk; on: Measure },
): Promise<Measured> {
  const { statement, needs, none } = LISTED[on]
  if (needs === 'statistics' && attempt.details.server?.readsStatistics !== true)
    return {
      value: null,
      whole: null,
      why: 'the user needs pg_monitor or pg_read_all_stats to see other sessions',
    }
  const row = await within(talk, () => talk.row(statement))
  if (row instanceof PostgresRefusal)
    return { value: null, whole: null, why: excerptOf(row.message, attempt.secrets).slice(0, 200) }
  const value = row?.value ?? null
  return { value, whole: row?.whole ?? null, why: value === null ? none : null }
}

async function migration(
  attempt: PostgresAttempt,
  talk: PostgresTalk,
  name: string,
): Promise<NonNullable<PostgresObservation['migrations']>[number]> {
  for (const { table, statement } of LEDGERS) {
    if ((await named(attempt, talk, HAS_TABLE, table)) === null) continue
    const applied = await named(attempt, talk, statement, name)
    return { name, table, applied: applied === null ? null : applied === 'true' }
  }
  return { name, table: null, applied: null }
}

async function named(
  { secrets }: PostgresAttempt,
  talk: PostgresTalk,
  statement: string,
  name: string,
): Promise<string | null> {
  const row = await within(talk, () => talk.row(statement, [name]))
  if (row instanceof PostgresRefusal) return null
  const value = row?.value ?? null
  return value === null ? null : excerptOf(value, secrets).slice(0, 200)
}

/** A statement that is refused must not spoil those after it. */
async function within<T>(talk: PostgresTalk, work: () => Promise<T>): Promise<T | PostgresRefusal> {
  await talk.row('SAVEPOINT one')
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PostgresRefusal)) throw error
    await talk.row('ROLLBACK TO SAVEPOINT one')
    return error
  }
}
