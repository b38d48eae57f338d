import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { newId } from '#lib/server/ids.ts'
import type { Ground } from './ground.ts'
import { CLIENTS } from './rate.ts'
import { doorTicks, turns } from './ticking.ts'

const EMPTY = {
  tick: null,
  witnesses: [],
  notApplicable: null,
  fail: null,
  seen: null,
  attempt: null,
  attempts: 0,
  notes: [],
}

type Statement = { text: string; name: string | undefined }

/** The statements that one tick through the door sends, caught on their way, in their order. */
async function doorStatements(ground: Ground): Promise<Statement[]> {
  const tick = await doorTicks(ground)
  await tick(0)
  const sent: Statement[] = []
  const send = pg.Client.prototype.query
  const spy = function (this: pg.Client, ...words: unknown[]): unknown {
    const [first] = words
    const config: { text?: unknown; name?: unknown } =
      typeof first === 'object' && first !== null ? first : { text: first }
    if (typeof config.text === 'string')
      sent.push({ text: config.text, name: typeof config.name === 'string' ? config.name : undefined })
    return Reflect.apply(send, this, words)
  }
  Reflect.set(pg.Client.prototype, 'query', spy)
  try {
    await tick(0)
  } finally {
    Reflect.set(pg.Client.prototype, 'query', send)
  }
  return sent.filter(({ text }) => !/^(?:BEGIN|COMMIT|SET )|pg_notify/.test(text))
}

const MARKS = [
  /FROM session s/,
  /FOR NO KEY UPDATE[\s\S]*stream_clock/,
  /FROM idempotency/,
  /FROM run_item i WHERE/,
  /UPDATE run SET revision/,
  /append_events/,
  /INSERT INTO idempotency/,
]

/**
 * A client's next tick as the statements alone: the door's own texts, session, idempotency and outbox included, with values
 * made by hand and no rule, no parsing and no view, in the door's own round trips. Ends with `close`.
 */
export async function rawTicks(
  ground: Ground,
): Promise<{ work: (client: number) => Promise<void>; close: () => Promise<void> }> {
  const statements = await doorStatements(ground)
  const texts = statements.map(({ text }) => text)
  const odd = texts.length !== MARKS.length || MARKS.some((mark, index) => !mark.test(texts[index] ?? ''))
  if (odd) throw new Error(`the door sends other statements than the bench expects:\n${texts.join('\n')}`)
  const [session, lock, recall, item, write, append, remember] = statements
  const next = await turns(ground)
  const { team, service } = ground.scene
  const pool = new pg.Pool({ connectionString: ground.url, max: CLIENTS, pipeline: true })
  pool.on('connect', (client) => void client.query('SET ROLE countersign_app'))

  const work = async (client: number): Promise<void> => {
    const { mark, person } = next(client)
    const { runId } = mark
    const connection = await pool.connect()
    // Named as the door names them, so that PostgreSQL plans once for both.
    const ask = (statement: Statement = { text: '', name: undefined }, values: unknown[] = []) =>
      connection.query({ ...statement, values })
    const principal = `person:${person.userId}`
    const key = randomUUID()
    try {
      await ask(session, [team.slug, Buffer.from(person.idHash), 900])
      const [, stream] = await Promise.all([
        connection.query('BEGIN'),
        ask(lock, [team.teamId, service, mark.number, null]),
        ask(recall, [principal, key]),
      ])
      const held = await ask(item, [runId, mark.key])
      const { id, version } = held.rows[0]
      const now = Number(stream.rows[0].at_ms)
      const seq = stream.rows[0].seq + 1
      const kind = mark.ticked ? 'untick' : 'tick'
      const by = { memberId: person.memberId, name: person.name }
      const fold = mark.ticked ? EMPTY : { ...EMPTY, tick: { by, at: now, note: null, overProbe: false } }
      const state = mark.ticked ? 'open' : 'passed'
      const grade = mark.ticked ? 'unproven' : 'claimed'
      const row = {
        id: newId(),
        item_id: id,
        n: version + 1,
        kind,
        member_id: by.memberId,
        by_name: by.name,
        at_ms: now,
      }
      const change = JSON.stringify([{ ...row, state, grade, seq, fold }])
      const envelope = {
        action: `run.item_${kind}ed`,
        actor: { kind: 'person', ...by, userId: person.userId },
        at: now,
        data: { key: mark.key, note: null, version: version + 1 },
        request: key,
        seq,
        stream: runId,
        v: 1,
      }
      const answer = JSON.stringify({ value: { key: mark.key, fold }, seq })
      await Promise.all([
        ask(write, [change, team.teamId, runId, runId, new Date(now), '[]', runId, runId]),
        ask(append, [runId, [JSON.stringify(envelope)]]),
        ask(remember, [principal, key, 'a'.repeat(64), answer, new Date(now)]),
        connection.query('COMMIT'),
      ])
      mark.version += 1
      mark.ticked = !mark.ticked
    } catch (error) {
      await connection.query('ROLLBACK')
      throw error
    } finally {
      connection.release()
    }
  }
  return { work, close: () => pool.end() }
}
