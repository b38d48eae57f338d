import { route } from '#lib/door/route.ts'
import { appendOnly } from '#lib/server/health.ts'
import { VERSION } from '#lib/server/version.ts'

export const access = 'public'
export const dynamic = 'force-dynamic'

/** Whether this process answers; it asks nothing of the database, so that a slow one does not restart every replica. */
export const GET = route(access, async () =>
  Response.json(
    { status: 'ok', version: VERSION, appendOnly: appendOnly() },
    { headers: { 'cache-control': 'no-store' } },
  ),
)
