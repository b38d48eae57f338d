import { z } from 'zod'
import { mintActor } from '#lib/auth/mint.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { liveResponse } from '#lib/runs/channels/live-response.ts'
import { getRunAddress } from '#lib/runs/read/run-address.ts'

export const access = 'session'

const NOT_FOUND = { code: 'not_found', message: 'There is no such run, or it is not yours to see.' }
const seq = z.coerce.number().int().min(0).catch(0)

/** The live events of a run; `Last-Event-ID` (or `after`) is the last sequence number that the page holds. */
export const GET = route<{ run: string }>('session', async ({ request, principal }, { run: runId }) => {
  const person = await mintActor({ principal, team: null })
  if (typeof person === 'string') return problem({ code: 'not_signed_in', message: 'Sign in first.' })
  const address = z.uuid().safeParse(runId).success ? await getRunAddress(person, runId) : null
  if (!address) return problem(NOT_FOUND)
  const after = seq.parse(
    request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after') ?? 0,
  )
  return (await liveResponse({ request, principal, runId, after, ...address })) ?? problem(NOT_FOUND)
})
