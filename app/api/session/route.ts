import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { readSessionClock } from '#lib/server/session-clock.ts'

export const access = 'session'

/** The session's true remaining time, `{idleSeconds, absoluteSeconds}`; asking extends nothing. */
export const GET = route(access, async ({ principal }) => {
  const clock = principal.kind === 'session' ? await readSessionClock(principal.idHash) : null
  if (!clock) return problem({ code: 'not_signed_in', message: 'This session is over.' })
  return Response.json(clock, { headers: { 'cache-control': 'no-store' } })
})
