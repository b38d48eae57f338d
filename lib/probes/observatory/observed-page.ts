import type { HeadersObservation } from '../observations/headers.ts'
import type { PageFacts } from './page-facts.ts'

/** What the tests look at, from what was seen; null when there is no page, or not the whole of it. */
export function pageFactsOf({ page, sharing, plain }: HeadersObservation): PageFacts | null {
  if (page === null || page.cut !== null || !URL.canParse(page.url)) return null
  const url = new URL(page.url)
  return {
    secure: url.protocol === 'https:',
    host: url.hostname,
    headers: page.headers,
    isHtml: page.isHtml,
    meta: { csp: page.policies, referrer: page.referrer },
    scripts: page.scripts,
    cookies: page.cookies,
    hasBadSameSite: page.hasBadSameSite,
    cors: sharing,
    plain: plainOf(plain),
  }
}

function plainOf(plain: HeadersObservation['plain']): PageFacts['plain'] {
  if (plain === null || plain.end === 'unknown') return null
  if (plain.end === 'none') return 'none'
  return { route: plain.route, isTrusted: plain.end === 'answered' }
}
