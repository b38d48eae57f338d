import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { getItemHistory } from '#lib/runs/read/item-history.ts'
import { NO_RUN, runReader } from '../../run-reader.ts'

export const access = 'session'
export const dynamic = 'force-dynamic'

/** Every row of evidence of one item, with what probes saw. */
export const GET = route<{ run: string; key: string }>(access, async ({ principal }, { run: runId, key }) => {
  const reader = await runReader({ principal, runId })
  const known = reader !== null && !key.includes('\u0000')
  const history = known ? await getItemHistory(reader.actor, { runId, key }) : null
  return history ? Response.json(history, { headers: { 'cache-control': 'no-store' } }) : problem(NO_RUN)
})
