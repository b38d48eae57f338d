import pg from 'pg'
import { actAt, makeSceneAt, openRunAt } from '#tests/support/run-at.ts'
import { expect, test } from '#tests/support/scene-test.ts'

/** One statement of somebody who owns the database and switches its triggers off. */
async function tamper(url: string, statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    const { rowCount } = await client.query(statement, values)
    expect(rowCount).toBe(1)
  } finally {
    await client.end()
  }
}

test('“Verify chain” finds a row that a superuser edited, and names stream, sequence and kind', async ({
  database,
  enter,
}) => {
  const run = await openRunAt(await makeSceneAt())
  await actAt(run, { who: run.ana, item: 'Tests pass', act: 'tick' })
  await actAt(run, { who: run.bo, item: 'Branch is merged', act: 'tick' })
  const olga = await enter(run.team.owner)
  await olga.goto(`${run.board}/audit`)
  await olga.getByRole('link', { name: 'Verify chain' }).click()
  await expect(olga.getByText('The chain holds: 3 events hashed again')).toBeVisible()

  await tamper(
    database.url,
    `UPDATE audit_event SET canonical = replace(canonical, '"name":"Ana"', '"name":"Bob"') WHERE stream = $1 AND seq = 2`,
    [run.runId],
  )
  await olga.getByRole('link', { name: 'Verify chain' }).click()
  const alarm = olga.getByRole('alert').filter({ hasText: 'The record is broken at sequence 2' })
  await expect(alarm).toContainText(`stream ${run.runId} · sequence 2 · hash`)

  // The row before it is as it was: only what was touched is named.
  await tamper(database.url, 'DELETE FROM audit_event WHERE stream = $1 AND seq = 3', [run.runId])
  await tamper(
    database.url,
    `UPDATE audit_event SET canonical = replace(canonical, '"name":"Bob"', '"name":"Ana"') WHERE stream = $1 AND seq = 2`,
    [run.runId],
  )
  await olga.reload()
  const cut = olga.getByRole('alert').filter({ hasText: 'The record is broken at sequence 3' })
  await expect(cut).toContainText(`stream ${run.runId} · sequence 3 · truncated`)
})
