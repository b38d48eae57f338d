import type { RedirectProbe } from '#lib/probes/kinds/redirect.ts'
import type { RedirectObservation } from '#lib/probes/observations/redirect.ts'
import { maskSecrets, maskUrl, withoutControls } from '#lib/probes/redact.ts'
import { type Hop, nextHop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { recordedHeaders } from '#lib/probes/response-headers.ts'
import type { HttpAnswer } from '#lib/server/egress/http.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { observedTls } from './phases.ts'

type Details = Pick<RedirectObservation, 'there' | 'tls'> & {
  hop: Hop | null
  answer: HttpAnswer | null
  next: Hop | null
}
type RedirectAttempt = Attempt<RedirectProbe, Details>

const OF_THERE = ['hsts', 'max-age', 'include-subdomains', 'preload']
/** Only a head is looked at. */
const LEAST_BYTES = 65_536

/** The address without TLS, and where conditions look at the policy of https, the place that it leads to. */
export const redirectChannel: Channel<RedirectProbe, Details, RedirectObservation> = {
  blank: () => ({ hop: null, answer: null, next: null, there: null, tls: null }),
  async look(attempt) {
    const { config, details } = attempt
    const hop = planned(attempt)
    details.hop = hop
    const answer = await ask(attempt, { hop, maxBytes: LEAST_BYTES, skipBody: () => true })
    details.answer = answer
    details.next = target(hop, { answer, secrets: attempt.secrets })
    const { next } = details
    if (next?.url.protocol !== 'https:' || !config.conditions.some(({ on }) => OF_THERE.includes(on))) return
    const { status, headers } = await ask(attempt, {
      ...{ hop: next, from: hop, maxBytes: LEAST_BYTES },
      skipBody: () => true,
    })
    const lines = headers.filter(({ name }) => name === 'strict-transport-security')
    details.there = {
      status,
      hsts: lines.map(({ value }) => withoutControls(maskSecrets(value, attempt.secrets)).slice(0, 1024)),
    }
    details.tls = observedTls(attempt.trace, attempt.startedAt)
  },
  seen({ details: { hop, answer, next, there, tls }, secrets }) {
    return {
      request: hop && sentRequest(hop, secrets),
      response: answer && {
        status: answer.status,
        httpVersion: answer.httpVersion,
        ...recordedHeaders({ lines: answer.headers, asked: [], secrets }),
      },
      leads: hop &&
        next && {
          to: maskUrl(next.url.href, secrets),
          https: next.url.protocol === 'https:',
          sameHost: next.url.hostname === hop.url.hostname,
          samePath: next.url.pathname === hop.url.pathname && next.url.search === hop.url.search,
        },
      there,
      tls,
    }
  },
}

function planned(attempt: RedirectAttempt): Hop {
  const { config, environment } = attempt
  const plan = plannedRequest({ config, environment })
  if (!plan.ok) throw new ProbeStopped('config', plan.message)
  attempt.secrets = plan.secrets
  const { url } = plan.hop
  if (url.protocol === 'https:') {
    if (url.port !== '')
      throw new ProbeStopped(
        'config',
        `${config.url} has a port of its own for https; write the address without TLS, such as http://${url.hostname}:8080/.`,
      )
    url.protocol = 'http:'
  }
  return plan.hop
}

/** Where the first answer leads, under no other rule than that it is an address. */
function target(
  hop: Hop,
  { answer: { status, headers }, secrets }: { answer: HttpAnswer; secrets: readonly string[] },
): Hop | null {
  const location = headers.find(({ name }) => name === 'location')?.value ?? null
  const config = { redirects: { mode: 'follow', max: 1 } } as const
  const next = nextHop({ hop, status, location, config, visited: [], secrets })
  if (next.step === 'refuse') throw new ProbeStopped('redirects', next.message)
  return next.step === 'go' ? next.hop : null
}
