import { htmlFacts } from '#lib/probes/html-facts.ts'
import type { HeadersProbe } from '#lib/probes/kinds/headers.ts'
import type { HeadersObservation } from '#lib/probes/observations/headers.ts'
import { cookiesOf, hasBadSameSite } from '#lib/probes/observatory/observed-cookies.ts'
import { maskSecrets, maskUrl, withoutControls } from '#lib/probes/redact.ts'
import { type Hop, isSameHost, knownUrl } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { recordedHeaders } from '#lib/probes/response-headers.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import { headerOf } from '#lib/server/egress/message.ts'
import type { Trace } from '#lib/server/egress/trace.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { type Journey, travelled } from './journey.ts'
import { observedTls } from './phases.ts'

type Details = Pick<HeadersObservation, 'sharing' | 'plain'> & {
  hop: Hop | null
  journey: Journey | null
  trace: Trace | null
}
type HeadersAttempt = Attempt<HeadersProbe, Details>

const GRADED = [
  'content-security-policy',
  'content-security-policy-report-only',
  'cross-origin-resource-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
]
const HTML = { name: 'accept', value: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
/** Nobody can own it (RFC 6761, 6.4), so a site that trusts it trusts everybody. */
const STRANGER = 'https://countersign.invalid'
const MOST_POLICY = 65_536

/** The page with its redirects, the question of a stranger, and where the address without TLS leads: what the Observatory looks at. */
export const headersChannel: Channel<HeadersProbe, Details, HeadersObservation> = {
  blank: () => ({ hop: null, journey: null, trace: null, sharing: null, plain: null }),
  async look(attempt) {
    const { config, details, said } = attempt
    const first = planned(attempt, config.url)
    const journey = await travelled(attempt, {
      hop: first,
      maxBytes: config.maxBytes,
      onHop: (hop) => {
        details.hop = hop
      },
    })
    details.trace = attempt.trace
    if (journey.refused !== null) throw new ProbeStopped('redirects', journey.refused)
    details.journey = journey
    // Where a journey ended elsewhere.
    attempt.said = said
    details.plain = await plainOf(attempt, { first, journey })
    attempt.said = said
    details.sharing = await sharingOf(attempt, { first, page: journey.hop })
  },
  seen(attempt) {
    const { details, secrets, startedAt } = attempt
    const { hop, journey, trace, sharing, plain } = details
    const answer = journey?.answer ?? null
    return {
      request: hop && sentRequest(hop, secrets),
      response: answer && {
        status: answer.status,
        httpVersion: answer.httpVersion,
        ...recordedHeaders({ lines: answer.headers, asked: [], secrets }),
      },
      tls: trace && observedTls(trace, startedAt),
      page: journey && pageOf(attempt, journey),
      sharing,
      plain,
    }
  },
}

function planned(attempt: HeadersAttempt, url: string): Hop {
  const { config, environment } = attempt
  const { host } = config
  const own = config.headers.some(({ name }) => name === 'accept') ? [] : [HTML]
  const plan = plannedRequest({
    config: { ...{ url, host }, headers: [...config.headers, ...own] },
    environment,
  })
  if (!plan.ok) throw new ProbeStopped('config', plan.message)
  attempt.secrets = plan.secrets
  return plan.hop
}

function pageOf(
  { secrets, startedAt }: HeadersAttempt,
  { stops, answer }: Journey,
): HeadersObservation['page'] {
  const [first, last] = [stops[0], stops.at(-1)]
  if (first === undefined || last === undefined) return null
  const type = (headerOf(answer, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const isHtml = type === 'text/html' || type === 'application/xhtml+xml'
  const { body } = answer
  const whole = isHtml && body !== null && body.cut === null
  const { meta, scripts } = htmlFacts(whole ? new TextDecoder().decode(body.bytes) : '')
  const clean = (text: string) => withoutControls(maskSecrets(text, secrets)).toWellFormed()
  const isLong = meta.csp.join('').length > MOST_POLICY
  const sources = new Map(
    scripts.map(({ src, integrity }) => [`${originOf(src)} ${integrity}`, { src: originOf(src), integrity }]),
  )
  return {
    // An address without TLS that leads to one with it is judged where it ends.
    url: maskUrl((first.url.protocol === 'https:' ? first : last).url.href, secrets),
    headers: answer.headers
      .filter(({ name }) => GRADED.includes(name))
      .map(({ name, value }) => ({ name, value: clean(value) })),
    cut: isHtml && body?.cut ? body.cut : isLong ? 'policies in the page are too long' : null,
    isHtml,
    policies: isLong ? [] : meta.csp.map(clean),
    referrer: meta.referrer === null ? null : clean(meta.referrer).slice(0, 1024),
    scripts: [...sources.values()],
    cookies: cookiesOf(stops, startedAt),
    hasBadSameSite: hasBadSameSite(last),
  }
}

/** Of a script's address only what is judged: whose it is, and whether it comes over TLS. */
function originOf(src: string | null): string | null {
  if (src === null) return null
  if (/^https?:\/\//i.test(src) && URL.canParse(src)) return new URL(src).origin
  return /^\/\/[^/]/.test(src) ? '//' : '/'
}

async function sharingOf(
  attempt: HeadersAttempt,
  { first, page }: { first: Hop; page: Hop },
): Promise<HeadersObservation['sharing']> {
  const headers = [
    ...page.headers,
    { name: 'origin', value: STRANGER },
    { name: 'access-control-request-method', value: 'GET' },
  ]
  try {
    const answer = await ask(attempt, {
      ...{ hop: { ...page, method: 'OPTIONS', headers }, from: first },
      maxBytes: attempt.config.maxBytes,
      skipBody: () => true,
    })
    const isSuccess = answer.status >= 200 && answer.status <= 299
    const said = (name: string) => {
      const line = isSuccess ? headerOf(answer, name) : null
      return line === null ? null : maskSecrets(line, attempt.secrets).slice(0, 1024)
    }
    return {
      allowOrigin: said('access-control-allow-origin'),
      allowCredentials: said('access-control-allow-credentials'),
      origin: STRANGER,
    }
  } catch (error) {
    if (!(error instanceof EgressFailure) || attempt.guard.signal.aborted) throw error
    return null
  }
}

async function plainOf(
  attempt: HeadersAttempt,
  { first, journey }: { first: Hop; journey: Journey },
): Promise<HeadersObservation['plain']> {
  const { config, secrets } = attempt
  const mask = (url: URL) => maskUrl(url.href, secrets)
  const route = ({ stops }: Journey) => stops.map(({ url }) => mask(url))
  if (config.plain === 'none')
    return { address: 'none', end: 'none', why: 'the probe says that there is none', route: [] }
  if (config.plain === null && first.url.protocol === 'http:')
    return { address: mask(knownUrl(first)), end: 'answered', why: null, route: route(journey) }
  if (config.plain === null && first.url.port !== '') {
    const why = `where ${first.url.host} stands without TLS is not known; say it: plain http://…`
    return { address: '', end: 'unknown', why, route: [] }
  }
  const { host, ...hop } = planned(attempt, config.plain ?? config.url)
  if (config.plain === null) hop.url.protocol = 'http:'
  // Another host has another name.
  const named = isSameHost(hop.url, first.url) ? { ...hop, host } : hop
  const address = mask(knownUrl(named))
  try {
    const there = await travelled(attempt, { hop: named, from: first, maxBytes: config.maxBytes })
    return { address, end: 'answered', why: there.refused, route: route(there) }
  } catch (error) {
    if (!(error instanceof EgressFailure) || attempt.guard.signal.aborted) throw error
    const why = `${address}: ${error.message}`
    if (error.kind === 'certificate') return { address, end: 'certificate', why, route: [] }
    return { address, end: error.kind === 'refused' ? 'none' : 'unknown', why, route: [] }
  }
}
