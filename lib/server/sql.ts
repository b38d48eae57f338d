import pg from 'pg'
import { Prisma } from '#prisma/generated/client.ts'
import { pool } from './db.ts'
import { statementName } from './statement-name.ts'

/** A statement with its values, not yet sent. */
export type Sql = Prisma.Sql
export const sql = Prisma.sql

/** What Prisma's transactions and ours have in common: enough to lock and to read with. */
export type SqlTx = {
  $queryRaw: <Rows>(text: TemplateStringsArray, ...values: unknown[]) => PromiseLike<Rows>
}

const INT8 = 20
// A transaction that waits this long for a lock is given up, with its connection.
const PATIENCE_MS = 20_000

const parseBigInt = (text: string): bigint => BigInt(text)
// As Prisma reads it: a bigint that became a string would be added to others as text.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) =>
    oid === INT8 && format !== 'binary'
      ? parseBigInt
      : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
}

function configOf({ text, values }: Sql): pg.QueryConfig & { query_timeout: number } {
  const name = statementName(text)
  return { ...(name ? { name } : {}), text, values, types, query_timeout: PATIENCE_MS }
}

/** Rows of one statement outside a transaction, by the driver itself: for what every request or every crowd asks. */
export async function rowsOf<Row extends object>(statement: Sql): Promise<Row[]> {
  const { rows } = await pool().query<Row>(configOf(statement))
  return rows
}

/**
 * One transaction by the driver itself, in as few round trips as its decisions need: BEGIN travels with the first statement, and
 * the writes that `work` answers travel with the COMMIT, which PostgreSQL turns into a ROLLBACK when one of them failed.
 */
export async function inOneGo<Answer>(
  work: (tx: SqlTx) => Promise<{ answer: Answer; writes: readonly Sql[] }>,
): Promise<Answer> {
  const client = await pool().connect()
  const { stream } = client.connection
  let corked = false
  // What is asked in one turn of the event loop goes out in one packet.
  const cork = (): void => {
    if (corked) return
    corked = true
    stream.cork()
    process.nextTick(() => {
      corked = false
      stream.uncork()
    })
  }
  // Sent at once, answered in order. Who awaits one of them hears of its failure; who does not, hears of the COMMIT's.
  const send = <Row extends object>(config: pg.QueryConfig): Promise<pg.QueryResult<Row>> => {
    cork()
    const answered = client.query<Row>(config)
    answered.catch(() => undefined)
    return answered
  }
  let broken = false
  try {
    const begun = send({ text: 'BEGIN' })
    const { answer, writes } = await work({
      $queryRaw: <Rows>(text: TemplateStringsArray, ...values: unknown[]) => {
        const rows = send(configOf(sql(text, ...values))).then((result) => result.rows as Rows)
        rows.catch(() => undefined)
        return rows
      },
    })
    const sent = [begun, ...writes.map((write) => send(configOf(write))), send({ text: 'COMMIT' })]
    const lost = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected')
    if (lost) throw lost.reason
    return answer
  } catch (error) {
    broken = await send({ text: 'ROLLBACK' }).then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}
