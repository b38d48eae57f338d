import { Failure } from './failure.mjs'

const REASONS = {
  '28P01': 'refuses the password',
  28000: 'refuses the user',
  '3D000': 'has no database of that name',
}

/** Checks the PostgreSQL that DATABASE_URL names: reachable and 15 or newer. Returns its version. Throws Failure. */
export async function checkDatabase(url) {
  let address
  try {
    address = new URL(url)
  } catch {
    throw new Failure(
      'DATABASE_URL is not an address: it looks like postgresql://user:password@host:5432/database.',
    )
  }
  const place = `${address.hostname}:${address.port || 5432}${address.pathname}`
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('server_version_num')::int as version")
    const major = Math.floor(rows[0].version / 10_000)
    if (major >= 15) return major
    throw new Failure(`The database at ${place} is PostgreSQL ${major}; Countersign needs 15 or newer.`)
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = REASONS[error.code]
    if (reason) throw new Failure(`The database at ${place} ${reason}: check DATABASE_URL.`)
    const why = error.code ?? error.errors?.[0]?.code ?? error.message
    throw new Failure(`The database at ${place} cannot be reached (${why}): check DATABASE_URL.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Whether anybody has an account yet; before that the first visit needs the one-time code. */
export async function hasPeople(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query('select exists (select 1 from user_account) as found')
    return rows[0].found
  } finally {
    await client.end()
  }
}
