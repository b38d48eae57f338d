import { z } from 'zod'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { liveResponse } from '#lib/runs/channels/live-response.ts'
import { findRunAddress } from '#lib/runs/channels/run-address.ts'

export const access = 'session'
export const dynamic = 'force-dynamic'

const NOT_FOUND = { code: 'not_found', message: 'There is no such run, or it is not yours to see.' }
const seq = z.coerce.number().int().min(0).catch(0)

/** The live events of a run; `Last-Event-ID` (or `after`) is the last sequence number that the page holds. */
export const GET = route<{ run: string }>('session', async ({ request, principal }, { run: runId }) => {
  const address = z.uuid().safeParse(runId).success ? await findRunAddress(runId) : null
  if (!address) return problem(NOT_FOUND)
  const after = seq.parse(
    request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after') ?? 0,
  )
  return (await liveResponse({ request, principal, runId, after, ...address })) ?? problem(NOT_FOUND)
})
