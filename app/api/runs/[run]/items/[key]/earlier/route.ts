import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { getEarlierItems } from '#lib/runs/read/earlier-items.ts'
import { NO_RUN, runReader } from '../../../run-reader.ts'

export const access = 'session'
export const dynamic = 'force-dynamic'

/** What became of the item of this key in the last runs of the same service. */
export const GET = route<{ run: string; key: string }>(access, async ({ principal }, { run: runId, key }) => {
  const reader = await runReader({ principal, runId })
  if (!reader || key.includes('\u0000')) return problem(NO_RUN)
  const earlier = await getEarlierItems(reader.actor, { runId, key })
  return Response.json(earlier, { headers: { 'cache-control': 'no-store' } })
})
