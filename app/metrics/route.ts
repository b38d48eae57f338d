import { timingSafeEqual } from 'node:crypto'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { env } from '#lib/server/env.ts'
import { secretHash } from '#lib/server/ids.ts'
import { metricsText } from '#lib/server/telemetry.ts'

export const access = 'public'
export const dynamic = 'force-dynamic'

function mayScrape(request: Request): boolean {
  const token = env().METRICS_TOKEN
  if (token === undefined) return true
  const given = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  return timingSafeEqual(secretHash(given), secretHash(token))
}

/** Prometheus' text format. Open, unless METRICS_TOKEN is set: then the scraper sends it as a bearer token. */
export const GET = route(access, async ({ request }) => {
  if (!mayScrape(request)) {
    return problem(
      { code: 'not_signed_in', message: 'Send the metrics token: Authorization: Bearer …' },
      { headers: { 'www-authenticate': 'Bearer realm="metrics"' } },
    )
  }
  const { text, contentType } = await metricsText()
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
})
