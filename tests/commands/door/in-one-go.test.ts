import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { inOneGo, rowsOf, sql } from '#lib/server/sql.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

const insert = (key: string) =>
  sql`INSERT INTO idempotency (principal, key, request_hash, response, at)
      VALUES ('p', ${key}, 'h', '{}'::jsonb, ${new Date(0)})`
const keys = async () => (await db().idempotency.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)

beforeEach(async () => {
  await db().idempotency.deleteMany()
})

describe('a transaction in one go', () => {
  it('writes all that its work answers', async () => {
    const answer = await inOneGo(async (tx) => {
      const [row] = await tx.$queryRaw<{ two: bigint; at: Date; list: string[] }[]>`
        SELECT ${1n}::bigint + 1 AS two, ${new Date(5)}::timestamptz AS at, ${['a', 'b"']}::text[] AS list`
      return { answer: row, writes: [insert('a'), insert('b')] }
    })
    expect(answer).toEqual({ two: 2n, at: new Date(5), list: ['a', 'b"'] })
    expect(await keys()).toEqual(['a', 'b'])
  })

  it('writes nothing when any of it fails, first, middle or last, and says which', async () => {
    const bad = sql`SELECT 1 / ${0}::int`
    for (const writes of [
      [bad, insert('a')],
      [insert('a'), bad, insert('b')],
      [insert('a'), insert('a')],
    ])
      await expect(inOneGo(async () => ({ answer: null, writes }))).rejects.toThrow(
        /division by zero|duplicate/,
      )
    expect(await keys()).toEqual([])
  })

  it('writes nothing when its work throws, and leaves a connection that works', async () => {
    for (let time = 0; time < 30; time += 1) {
      const failed = inOneGo(async (tx) => {
        await tx.$queryRaw`SELECT 1`
        throw new Error('changed its mind')
      })
      await expect(failed).rejects.toThrow('changed its mind')
    }
    expect(await rowsOf<{ one: number }>(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }])
    expect(await rowsOf<{ role: string }>(sql`SELECT current_user AS role`)).toEqual([
      { role: 'countersign_app' },
    ])
  })

  it('does not end the process when nobody waits for what failed', async () => {
    const done = inOneGo(async (tx) => {
      void tx.$queryRaw`SELECT 1 / ${0}::int`
      return { answer: 'late', writes: [insert('c')] }
    })
    await expect(done).rejects.toThrow(/aborted/)
    expect(await keys()).toEqual([])
  })

  it('undoes what was done when the connection breaks under it', async () => {
    const failed = inOneGo(async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
      await db().$queryRaw`SELECT 1`
      return {
        answer: row,
        writes: [insert('d'), sql`SELECT pg_terminate_backend(pg_backend_pid())`, insert('e')],
      }
    })
    await expect(failed).rejects.toThrow()
    expect(await keys()).toEqual([])
    expect(await rowsOf<{ one: number }>(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }])
  })
})
