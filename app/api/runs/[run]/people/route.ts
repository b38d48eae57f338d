import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { listRunPeople } from '#lib/runs/read/people.ts'
import { NO_RUN, runReader } from '../run-reader.ts'

export const access = 'session'
export const dynamic = 'force-dynamic'

/** The members who may be named as the author of the run's commit. */
export const GET = route<{ run: string }>(access, async ({ principal }, { run: runId }) => {
  const reader = await runReader({ principal, runId })
  if (!reader) return problem(NO_RUN)
  return Response.json(await listRunPeople(reader.actor), { headers: { 'cache-control': 'no-store' } })
})
