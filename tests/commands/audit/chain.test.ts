import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChainEvent, type ChainHead, type ChainVerdict, verifyChain } from '#lib/audit/chain.ts'
import { canonical } from '#lib/shared/canonical.ts'
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts'

const WRITERS = 8
const EACH = 25

let database: TestDatabase
let owner: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Pool({ connectionString: database.url, max: WRITERS })
})

afterAll(async () => {
  await owner.end()
  await database.drop()
})

/** One event as the door appends it: the clock is read and the text written under the stream's lock. */
async function appendOne(stream: string, text: string): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query('SELECT seq, at_ms FROM stream_clock($1)', [stream])
    const line = canonical({
      v: 1,
      stream,
      seq: rows[0].seq + 1,
      at: Number(rows[0].at_ms),
      action: 'test.written',
      text,
    })
    await client.query('SELECT append_events($1, $2)', [stream, [line]])
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

async function verify(stream: string): Promise<ChainVerdict> {
  const head = await owner.query<ChainHead>('SELECT seq, head AS hash FROM audit_stream WHERE id = $1', [
    stream,
  ])
  const { rows } = await owner.query<ChainEvent>(
    'SELECT stream, seq, canonical, prev, hash FROM audit_event WHERE stream = $1 ORDER BY seq',
    [stream],
  )
  return verifyChain({ stream, events: rows, head: head.rows[0] })
}

/** A stream of ten events, then changed by somebody who owns the database and switches the triggers off. */
async function tampered(statement: string): Promise<ChainVerdict> {
  const stream = crypto.randomUUID()
  await owner.query(`SELECT open_stream($1, NULL, 'run', false)`, [stream])
  for (let index = 0; index < 10; index += 1) await appendOne(stream, `text ${index}`)
  const client = await owner.connect()
  try {
    await client.query('SET session_replication_role = replica')
    await client.query(statement, [stream])
    await client.query('SET session_replication_role = origin')
  } finally {
    client.release()
  }
  return verify(stream)
}

describe('the chain in the database and the verifier', () => {
  it('agree on texts of every alphabet, written by many at once', async () => {
    const stream = crypto.randomUUID()
    await owner.query(`SELECT open_stream($1, NULL, 'run', false)`, [stream])
    expect(await verify(stream)).toEqual({ ok: true, count: 0 })
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let index = 0; index < EACH; index += 1)
          await appendOne(stream, `é 日本 😀 \\ " \n ${writer} ${index}`)
      }),
    )
    expect(await verify(stream)).toEqual({ ok: true, count: WRITERS * EACH })
  })

  it.each([
    [
      `UPDATE audit_event SET canonical = replace(canonical, 'text 3', 'text X') WHERE stream = $1 AND seq = 4`,
      4,
      'hash',
    ],
    [`UPDATE audit_event SET hash = sha256('x') WHERE stream = $1 AND seq = 4`, 4, 'hash'],
    [`UPDATE audit_event SET prev = sha256('x') WHERE stream = $1 AND seq = 4`, 4, 'link'],
    [`DELETE FROM audit_event WHERE stream = $1 AND seq = 4`, 4, 'gap'],
    [`DELETE FROM audit_event WHERE stream = $1 AND seq > 7`, 8, 'truncated'],
    [`DELETE FROM audit_event WHERE stream = $1`, 1, 'truncated'],
    [`UPDATE audit_event SET seq = 11 - seq + 100 WHERE stream = $1`, 1, 'gap'],
    [
      `WITH forged AS (SELECT seq, replace(canonical, 'text 3', 'text X') AS text, prev FROM audit_event WHERE stream = $1 AND seq = 4)
       UPDATE audit_event e SET canonical = f.text, hash = sha256(convert_to(E'auditv1\\n', 'UTF8') || f.prev || convert_to(f.text, 'UTF8'))
       FROM forged f WHERE e.stream = $1 AND e.seq = f.seq`,
      5,
      'link',
    ],
  ])('name the event after %s', async (statement, seq, kind) => {
    expect(await tampered(statement)).toMatchObject({ ok: false, at: { seq }, kind })
  })

  it('let nobody change a line while the triggers stand', async () => {
    const stream = crypto.randomUUID()
    await owner.query(`SELECT open_stream($1, NULL, 'run', false)`, [stream])
    await appendOne(stream, 'kept')
    for (const statement of [
      `UPDATE audit_event SET seq = 9`,
      'DELETE FROM audit_event',
      'TRUNCATE audit_event',
    ]) {
      await expect(owner.query(statement)).rejects.toThrow('append-only')
    }
    expect(await verify(stream)).toEqual({ ok: true, count: 1 })
  })
})
