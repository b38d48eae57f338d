import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { allow, look, raw } from './servers.ts'

const URL_OF = '$' + '{DATABASE_URL_PROBE}'
const PASSWORD = 'swordfish-long'

const at = (url: string, rest: string) =>
  look(`postgres ${URL_OF} ${rest}`, {
    variables: { DATABASE_URL_PROBE: url },
    allowList: allow(new URL(url.replace(/^postgres(?:ql)?/, 'http')).host),
  })

describe('a PostgreSQL probe against a real server', () => {
  let database: TestDatabase
  let admin: pg.Client
  const roles = { monitor: '', plain: '' }

  beforeAll(async () => {
    database = await createTestDatabase()
    admin = new pg.Client({ connectionString: database.url })
    await admin.connect()
    for (const role of ['monitor', 'plain'] as const) {
      const name = `${database.name}_${role}`
      await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD '${PASSWORD}'`)
      if (role === 'monitor') await admin.query(`GRANT pg_monitor TO ${name}`)
      const url = new URL(database.url)
      url.username = name
      url.password = PASSWORD
      roles[role] = url.href
    }
    await admin.query('CREATE TABLE large AS SELECT n FROM generate_series(1, 20000) n')
    await admin.query('CREATE INDEX ON large (n)')
    await admin.query('ANALYZE large')
  })
  afterAll(async () => {
    for (const role of ['monitor', 'plain']) await admin.query(`DROP ROLE ${database.name}_${role}`)
    await admin.end()
    await database.drop()
  })

  it.each<['monitor' | 'plain', string, string, string]>([
    ['plain', 'expect select', 'pass', 'SELECT 1 answers'],
    ['plain', 'expect select, connections-used < 80%', 'pass', 'connections'],
    ['plain', 'expect connections-used > 80%', 'fail', 'connections · wanted > 80%'],
    ['plain', 'expect version >= 15, role primary', 'pass', 'primary'],
    ['plain', 'expect version >= 99', 'fail', 'PostgreSQL 18 · wanted ≥ 99'],
    ['plain', 'expect role replica', 'fail', 'primary · wanted role replica'],
    ['plain', 'expect encrypted', 'fail', 'not encrypted · wanted encrypted'],
    [
      'plain',
      'expect setting server_encoding == UTF8, setting default_transaction_read_only == off',
      'pass',
      'UTF8',
    ],
    ['plain', 'expect setting server_encoding == LATIN1', 'fail', 'server_encoding: UTF8'],
    ['plain', 'expect setting no_such.setting == on', 'inconclusive', 'no_such.setting: not known'],
    ['plain', 'expect extension plpgsql', 'pass', 'plpgsql 1.0'],
    ['plain', 'expect extension postgis', 'fail', 'postgis not installed'],
    ['plain', 'expect longest-lock-wait < 1h', 'pass', 'longest wait for a lock'],
    // What a poor user cannot see must not look like nothing.
    ['plain', 'expect longest-query < 1h', 'inconclusive', 'needs pg_monitor'],
    ['plain', 'expect longest-idle-transaction < 1h', 'inconclusive', 'needs pg_monitor'],
    ['monitor', 'expect longest-query < 1h, longest-idle-transaction < 1h', 'pass', 'longest query'],
    ['monitor', 'expect replication-lag < 10s', 'inconclusive', 'no replica is streaming'],
    ['monitor', 'expect select, warn version >= 99', 'warn', 'PostgreSQL 18'],
  ])('%s: %s: %s', async (role, rest, outcome, line) => {
    const { judgement } = await at(roles[role], rest)
    expect(judgement.line).toContain(line)
    expect(judgement.outcome).toBe(outcome)
  })

  it('sees a transaction that idles and a session that waits for a lock', async () => {
    const [idler, waiter] = [
      new pg.Client({ connectionString: database.url }),
      new pg.Client({ connectionString: database.url }),
    ]
    await Promise.all([idler.connect(), waiter.connect()])
    await idler.query('BEGIN; LOCK TABLE large IN ACCESS EXCLUSIVE MODE')
    const waiting = waiter.query('SELECT count(*) FROM large')
    await idler.query('SELECT pg_sleep(0.3)')
    const rest = 'expect longest-lock-wait < 1ms, longest-idle-transaction < 1ms'
    const { judgement } = await at(roles.monitor, rest)
    expect(judgement.conditions.map(({ result }) => result)).toEqual(['true', 'false', 'false'])
    await idler.query('ROLLBACK')
    await waiting
    await Promise.all([idler.end(), waiter.end()])
  })

  it('answers goes without saying', async () => {
    expect((await at(roles.plain, 'expect time < 5s')).judgement).toMatchObject({
      outcome: 'pass',
      line: expect.stringContaining('SELECT 1 answers'),
    })
  })

  it('has rates only of enough, and fails where no index is used', async () => {
    expect((await at(roles.plain, 'expect cache-hit-rate > 0%')).judgement.outcome).toMatch(
      /pass|inconclusive/,
    )
    for (let n = 0; n < 3; n++) await admin.query('SELECT sum(n) FROM large WHERE n + 0 > 5')
    await admin.query('SELECT pg_stat_force_next_flush()')
    await admin.query('SELECT 1')
    const { judgement } = await at(roles.plain, 'expect index-use > 95%')
    expect(judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringMatching(/^0% of \d+ rows · wanted > 95%$/),
    })
  })

  it('finds a migration in the table of the tool that made it, and only one that ended well', async () => {
    const outcome = async (name: string, role: 'monitor' | 'plain' = 'plain') =>
      (await at(roles[role], `expect migrated "${name}"`)).judgement
    await admin.query('CREATE SCHEMA ledgers; SET search_path TO ledgers')
    await admin.query(
      'CREATE TABLE _prisma_migrations (migration_name text, finished_at timestamptz, rolled_back_at timestamptz)',
    )
    for (const name of [`${database.name}_monitor`, `${database.name}_plain`])
      await admin.query(
        `ALTER ROLE ${name} SET search_path TO ledgers; GRANT USAGE ON SCHEMA ledgers TO ${name}`,
      )
    await admin.query(`GRANT SELECT ON _prisma_migrations TO ${database.name}_plain`)
    await admin.query(
      `INSERT INTO _prisma_migrations VALUES ('1_done', now(), null), ('2_failed', null, null), ('3_back', now(), now())`,
    )
    expect(await outcome('1_done')).toMatchObject({
      outcome: 'pass',
      line: expect.stringContaining('1_done in'),
    })
    expect(await outcome('2_failed')).toMatchObject({ outcome: 'fail' })
    expect(await outcome('3_back')).toMatchObject({ outcome: 'fail' })
    expect(await outcome('4_never')).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('4_never not in _prisma_migrations'),
    })
    expect(await outcome('1_done', 'monitor')).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('_prisma_migrations cannot be read'),
    })
    await admin.query(
      'DROP TABLE _prisma_migrations; CREATE TABLE django_migrations (app text, name text); GRANT SELECT ON django_migrations TO public',
    )
    await admin.query(`INSERT INTO django_migrations VALUES ('shop', '0042_orders')`)
    expect(await outcome('shop.0042_orders')).toMatchObject({ outcome: 'pass' })
    expect(await outcome('shop.0043_more')).toMatchObject({ outcome: 'fail' })
    await admin.query(
      'DROP TABLE django_migrations; CREATE TABLE flyway_schema_history (version text, success boolean); GRANT SELECT ON flyway_schema_history TO public',
    )
    await admin.query(`INSERT INTO flyway_schema_history VALUES ('7', true), ('8', false)`)
    expect(await outcome('7')).toMatchObject({ outcome: 'pass' })
    expect(await outcome('8')).toMatchObject({ outcome: 'fail' })
    await admin.query(
      'DROP TABLE flyway_schema_history; CREATE TABLE schema_migrations (version bigint); GRANT SELECT ON schema_migrations TO public',
    )
    await admin.query('INSERT INTO schema_migrations VALUES (20260301)')
    expect(await outcome('20260301')).toMatchObject({ outcome: 'pass' })
    await admin.query('DROP TABLE schema_migrations')
    expect(await outcome('20260301')).toMatchObject({
      outcome: 'inconclusive',
      line: expect.stringContaining('no table of migrations that is known'),
    })
    await admin.query('DROP SCHEMA ledgers CASCADE; RESET search_path')
  })

  it('can write nothing, even as the owner', async () => {
    const { observation } = await at(database.url, 'expect select, setting transaction_read_only == on')
    expect(observation).toMatchObject({ settings: [{ name: 'transaction_read_only', value: 'on' }] })
  })

  it('keeps neither user nor password, and takes a wrong one for an error', async () => {
    const right = await at(roles.plain, 'expect select')
    expect(JSON.stringify(right)).not.toMatch(/swordfish|_plain/)
    const wrong = new URL(roles.plain)
    wrong.password = 'wrong-one'
    const refused = await at(wrong.href, 'expect select')
    // The test server may trust this machine and let anybody in; a role that does not exist is refused by every server.
    wrong.username = 'nobody_of_this_name'
    const unknown = await at(wrong.href, 'expect select')
    expect(JSON.stringify([refused, unknown])).not.toMatch(/wrong-one|nobody_of/)
    expect(unknown.judgement).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
    const missing = new URL(roles.plain)
    missing.pathname = '/no_such_database'
    expect((await at(missing.href, 'expect select')).judgement).toMatchObject({
      outcome: 'error',
      line: expect.stringContaining('PostgreSQL answered 3D000'),
    })
  })

  it('demands encryption where the address does', async () => {
    const { judgement } = await at(`${roles.plain}?sslmode=require`, 'expect select')
    expect(judgement).toMatchObject({ outcome: 'error', line: expect.stringContaining('does not offer TLS') })
    expect((await at(`${roles.plain}?sslmode=perhaps`, 'expect select')).judgement.outcome).toBe('error')
    expect((await at(`${roles.plain}?sslmode=disable`, 'expect select')).judgement.outcome).toBe('pass')
  })

  it('fails where no connection is left', async () => {
    await admin.query(`ALTER ROLE ${database.name}_plain CONNECTION LIMIT 0`)
    const { judgement } = await at(roles.plain, 'expect connections-used < 80%')
    await admin.query(`ALTER ROLE ${database.name}_plain CONNECTION LIMIT -1`)
    expect(judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('(53300) · wanted select'),
    })
  })
})

describe('a PostgreSQL probe', () => {
  it('fails on silence and a closed door, and cannot tell from something else', async () => {
    const silent = await raw(() => undefined)
    const url = (one: { url: string }) => `${one.url.replace('http', 'postgres')}/app`
    expect((await at(url(silent), 'expect select, timeout 300ms')).judgement.outcome).toBe('fail')
    const other = await raw((socket) => socket.end('HTTP/1.1 400 no\r\n\r\n'))
    expect((await at(url(other), 'expect select')).judgement.outcome).toBe('error')
    const hungUp = await raw((socket) => socket.destroy())
    expect((await at(url(hungUp), 'expect select')).judgement.outcome).toBe('fail')
    await hungUp.close()
    expect((await at(url(hungUp), 'expect select')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'connection refused',
    })
  })

  it('says what its environment lacks, and never reaches the product’s own database', async () => {
    expect((await look(`postgres ${URL_OF} expect select`)).judgement.line).toContain(
      'DATABASE_URL_PROBE is not set',
    )
    const own = await at('postgres://127.0.0.1:1/none', 'expect select')
    expect(own.judgement).toMatchObject({ outcome: 'blocked', line: expect.stringContaining('own database') })
  })
})
