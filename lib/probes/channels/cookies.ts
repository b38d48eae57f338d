import { heldCookies } from '#lib/probes/held-cookies.ts'
import type { CookiesProbe } from '#lib/probes/kinds/cookies.ts'
import type { CookieSeen, CookiesObservation } from '#lib/probes/observations/cookies.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { recordedHeaders } from '#lib/probes/response-headers.ts'
import { sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { type Journey, travelled } from './journey.ts'
import { observedTls } from './phases.ts'

type Details = { hop: Hop | null; journey: Journey | null }

/** One request, its redirects followed as a browser would; cookies of the whole way count. */
export const cookiesChannel: Channel<CookiesProbe, Details, CookiesObservation> = {
  blank: () => ({ hop: null, journey: null }),
  async look(attempt) {
    const { config, environment, details } = attempt
    const planned = plannedRequest({ config, environment })
    if (!planned.ok) throw new ProbeStopped('config', planned.message)
    attempt.secrets = planned.secrets
    const onHop = (hop: Hop) => {
      details.hop = hop
    }
    const journey = await travelled(attempt, { hop: planned.hop, maxBytes: 1, onHop })
    if (journey.refused !== null) throw new ProbeStopped('redirects', journey.refused)
    details.journey = journey
  },
  seen(attempt) {
    const { details, secrets, trace, startedAt } = attempt
    const { hop, journey } = details
    return {
      request: hop && sentRequest(hop, secrets),
      response: journey && {
        status: journey.answer.status,
        httpVersion: journey.answer.httpVersion,
        ...recordedHeaders({ lines: journey.answer.headers, asked: ['set-cookie'], secrets }),
      },
      tls: observedTls(trace, startedAt),
      cookies: journey && cookiesOf(attempt, journey),
    }
  },
}

function cookiesOf({ startedAt }: Attempt<CookiesProbe, Details>, { stops }: Journey): CookieSeen[] {
  return heldCookies(stops, startedAt).map(({ cookie, from, fault }) => {
    const { name, secure, httpOnly, sameSite, domain, path, maxAge, expires } = cookie
    const session = maxAge === null && expires === null
    return { name: name.slice(0, 128), from, secure, httpOnly, sameSite, domain, path, session, fault }
  })
}
