import { z } from 'zod'
import { readJson } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { touchSession } from '#lib/server/session-clock.ts'

export const access = 'session'

const body = z.object({ agoSeconds: z.number().min(0).max(900) })

/** The person did something `agoSeconds` ago: the one thing that extends a session. */
export const POST = route(access, async ({ request, principal }) => {
  const json = await readJson({ request, limit: 1_000 })
  if (!json.ok) return problem(json.refusal)
  const parsed = body.safeParse(json.value)
  if (!parsed.success)
    return problem({ code: 'invalid', message: 'agoSeconds must be a number from 0 to 900.' })
  const clock =
    principal.kind === 'session'
      ? await touchSession({ idHash: principal.idHash, agoSeconds: parsed.data.agoSeconds })
      : null
  if (!clock) return problem({ code: 'not_signed_in', message: 'This session is over.' })
  return Response.json(clock, { headers: { 'cache-control': 'no-store' } })
})
