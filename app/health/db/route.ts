import { route } from '#lib/door/route.ts'
import { appendOnly, askDatabase } from '#lib/server/health.ts'

export const access = 'public'
export const dynamic = 'force-dynamic'

/** Whether the database answers a real query: 200, or 503 with the driver's code alone. */
export const GET = route(access, async () => {
  const answer = await askDatabase()
  const headers = { 'cache-control': 'no-store' }
  if (!answer.ok)
    return Response.json({ status: 'unavailable', reason: answer.reason }, { status: 503, headers })
  return Response.json(
    { status: 'ok', milliseconds: answer.milliseconds, appendOnly: appendOnly() },
    { headers },
  )
})
