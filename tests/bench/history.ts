import { listHistory } from '#lib/runs/read/history.ts'
import { db } from '#lib/server/db.ts'
import { makeScene, memberOf } from '#tests/commands/runs/fixture.ts'
import { insertManyRuns } from '#tests/support/many-runs.ts'
import { type Line, line } from './line.ts'
import { quantile, SECONDS } from './rate.ts'

const FEW = 1_000
const MANY = 100_000

/** The first page of a team's history at 100,000 runs against the same at 1,000: medians of one read after another. */
export async function history(): Promise<Line> {
  const scene = await makeScene()
  const actor = await memberOf(scene.ana.principal, scene.team.slug)
  const median = async (): Promise<number> => {
    await db().$executeRaw`ANALYZE run, run_item, signoff`
    const times: number[] = []
    for (let warm = 0; warm < 20; warm += 1) await listHistory(actor, { filters: {} })
    for (const until = performance.now() + SECONDS * 500; performance.now() < until; ) {
      const since = performance.now()
      await listHistory(actor, { filters: {} })
      times.push(performance.now() - since)
    }
    return quantile(times, 0.5)
  }
  await insertManyRuns({ team: scene.team.slug, count: FEW })
  const reference = await median()
  await insertManyRuns({ team: scene.team.slug, count: MANY - FEW })
  return line('history', { ours: await median(), reference, unit: 'ms' })
}
