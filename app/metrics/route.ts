import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { mayScrape, metricsText } from '#lib/server/scrape.ts'

export const access = 'public'
export const dynamic = 'force-dynamic'

/** Prometheus' text format. Open, unless METRICS_TOKEN is set: then the scraper sends it as a bearer token. */
export const GET = route(access, async ({ request }) => {
  if (!mayScrape(request.headers.get('authorization'))) {
    return problem(
      { code: 'not_signed_in', message: 'Send the metrics token: Authorization: Bearer …' },
      { headers: { 'www-authenticate': 'Bearer realm="metrics"' } },
    )
  }
  const { text, contentType } = await metricsText({ database: true })
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
})
