import { bodyFacts } from '#lib/probes/body-facts.ts'
import type { HttpProbe } from '#lib/probes/http-probe.ts'
import type { HttpObservation } from '#lib/probes/observations/http.ts'
import { maskUrl } from '#lib/probes/redact.ts'
import { type Hop, hopKey, isRedirect, nextHop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { askedHeaders, askedPatterns, recordedHeaders } from '#lib/probes/response-headers.ts'
import type { HttpAnswer } from '#lib/server/egress/http.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { observedTls } from './phases.ts'

type Details = { hop: Hop | null; redirects: HttpObservation['redirects']; answer: HttpAnswer | null }

/** One request, with the redirects that the probe allows followed by hand. */
export const httpChannel: Channel<HttpProbe, Details, HttpObservation> = {
  blank: () => ({ hop: null, redirects: [], answer: null }),
  look: follow,
  seen(attempt) {
    const { config, details, secrets, trace, startedAt } = attempt
    const { hop, answer, redirects } = details
    return {
      request: hop && sentRequest(hop, secrets),
      response: answer && {
        status: answer.status,
        httpVersion: answer.httpVersion,
        ...recordedHeaders({
          ...{ lines: answer.headers, secrets },
          ...{ asked: askedHeaders(config.conditions), patterns: askedPatterns(config.conditions) },
        }),
      },
      body: observedBody(attempt),
      tls: observedTls(trace, startedAt),
      redirects,
    }
  },
}

async function follow(attempt: Attempt<HttpProbe, Details>): Promise<void> {
  const { config, environment, details } = attempt
  const planned = plannedRequest({ config, environment })
  if (!planned.ok) throw new ProbeStopped('config', planned.message)
  attempt.secrets = planned.secrets
  let hop: Hop = planned.hop
  const first = hop
  const visited: string[] = []
  const willFollow = config.redirects.mode !== 'none'
  for (;;) {
    details.hop = hop
    visited.push(hopKey(hop))
    const answer = await ask(attempt, {
      ...{ hop, from: first, maxBytes: config.maxBytes, http1: config.http1 },
      skipBody: (status) => willFollow && isRedirect(status),
    })
    const location = answer.headers.find(({ name }) => name === 'location')?.value ?? null
    const next = nextHop({ hop, status: answer.status, location, config, visited, secrets: attempt.secrets })
    if (next.step === 'refuse') throw new ProbeStopped('redirects', next.message)
    if (next.step === 'stay') {
      details.answer = answer
      return
    }
    details.redirects.push({
      status: answer.status,
      from: maskUrl(hop.url.href, attempt.secrets),
      to: maskUrl(next.hop.url.href, attempt.secrets),
    })
    hop = next.hop
  }
}

function observedBody({ config, details: { answer }, secrets }: Attempt<HttpProbe, Details>) {
  if (answer === null || answer.body === null) return null
  const type = answer.headers.find(({ name }) => name === 'content-type')?.value ?? ''
  const charset = /;\s{0,8}charset="?([\w-]{1,40})/i.exec(type)?.[1] ?? null
  return bodyFacts({ read: answer.body, config, charset, secrets })
}
