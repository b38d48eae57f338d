import { CACHE_HEADERS } from '#lib/probes/cache-headers.ts'
import { CODINGS, type Coding, type DeliveryProbe } from '#lib/probes/kinds/delivery.ts'
import type { DeliveryObservation } from '#lib/probes/observations/delivery.ts'
import { maskSecrets, withoutControls } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { recordedHeaders } from '#lib/probes/response-headers.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import type { HttpAnswer } from '#lib/server/egress/http.ts'
import { headerOf } from '#lib/server/egress/message.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { observedTls } from './phases.ts'

type Details = Pick<DeliveryObservation, 'codings' | 'revalidation' | 'caches'> & {
  hop: Hop | null
  answer: HttpAnswer | null
}
type DeliveryAttempt = Attempt<DeliveryProbe, Details>
type Coded = DeliveryObservation['codings'][number]

/** One plain request, then what the conditions ask for: each coding alone, the same again with its validator, twice more for a cache. */
export const deliveryChannel: Channel<DeliveryProbe, Details, DeliveryObservation> = {
  blank: () => ({ hop: null, answer: null, codings: [], revalidation: null, caches: [] }),
  async look(attempt) {
    const { config, environment, details } = attempt
    const planned = plannedRequest({ config, environment })
    if (!planned.ok) throw new ProbeStopped('config', planned.message)
    attempt.secrets = planned.secrets
    details.hop = planned.hop
    const answer = await asked(attempt, {})
    details.answer = answer
    details.caches.push(words(attempt, answer))
    if (answer.status < 200 || answer.status > 299) return
    for (const coding of wantedCodings(config)) details.codings.push(await coded(attempt, coding))
    const wants = (on: string) => config.conditions.some((check) => check.on === on)
    if (wants('revalidates')) details.revalidation = await revalidated(attempt, answer)
    // A cache that was empty is full after the first answer.
    for (let again = 0; wants('cdn-hit') && again < 2; again++)
      details.caches.push(words(attempt, await asked(attempt, {})))
  },
  seen(attempt) {
    const { details, secrets, trace, startedAt } = attempt
    const { hop, answer, codings, revalidation, caches } = details
    const body = answer?.body ?? null
    return {
      request: hop && sentRequest(hop, secrets),
      response: answer && {
        status: answer.status,
        httpVersion: answer.httpVersion,
        ...recordedHeaders({ lines: answer.headers, asked: [], secrets }),
      },
      tls: observedTls(trace, startedAt),
      plain: body && {
        bytes: body.bytes.byteLength,
        cut: body.cut,
        encoding: body.encoding,
        sha256: body.cut === null ? sha256Hex(body.bytes) : null,
      },
      codings,
      revalidation,
      caches,
    }
  },
}

function wantedCodings({ conditions }: DeliveryProbe): Coding[] {
  const named = conditions.flatMap((check) => (check.on === 'compressed' ? [check.word] : []))
  const all = named.includes('any') || (named.length === 0 && conditions.some(({ on }) => on === 'vary'))
  return CODINGS.filter((coding) => all || named.includes(coding))
}

function asked(
  attempt: DeliveryAttempt,
  { coding, more = [] }: { coding?: Coding; more?: { name: string; value: string }[] },
): Promise<HttpAnswer> {
  const { config, details } = attempt
  if (details.hop === null) throw new TypeError('asked before it was planned')
  const others = details.hop.headers.filter(({ name }) => name !== 'accept-encoding')
  const headers = [...others, { name: 'accept-encoding', value: coding ?? 'identity' }, ...more]
  return ask(attempt, { hop: { ...details.hop, headers }, maxBytes: config.maxBytes })
}

const LONGEST = 300

/** What caches in front say about one answer, as `name: value` joined with "; "; empty when they say nothing. */
function words({ secrets }: DeliveryAttempt, { headers }: HttpAnswer): string {
  const said = headers
    .filter(
      ({ name, value }) =>
        CACHE_HEADERS.includes(name) && (name !== 'server-timing' || /cdn-cache/i.test(value)),
    )
    // Marked where it is cut, so that half a word is not taken for a whole one.
    .map(({ name, value }) => `${name}: ${value.slice(0, LONGEST)}${value.length > LONGEST ? '…' : ''}`)
  return withoutControls(maskSecrets(said.join('; '), secrets))
}

async function coded(attempt: DeliveryAttempt, coding: Coding): Promise<Coded> {
  try {
    const answer = await asked(attempt, { coding })
    const { body, status } = answer
    return {
      coding,
      status,
      encoding: body?.encoding ?? null,
      wireBytes: body?.wireBytes ?? 0,
      bytes: body?.bytes.byteLength ?? 0,
      cut: body?.cut ?? null,
      decodes: true,
      sha256: body === null || body.cut !== null ? null : sha256Hex(body.bytes),
      vary: headerOf(answer, 'vary'),
    }
  } catch (error) {
    if (!(error instanceof EgressFailure) || error.kind !== 'decode') throw error
    const nothing = { status: 0, wireBytes: 0, bytes: 0, cut: null, sha256: null, vary: null }
    return { coding, encoding: coding, decodes: false, ...nothing }
  }
}

async function revalidated(
  attempt: DeliveryAttempt,
  answer: HttpAnswer,
): Promise<NonNullable<DeliveryObservation['revalidation']>> {
  const [etag, modified] = [headerOf(answer, 'etag'), headerOf(answer, 'last-modified')]
  if (etag !== null) {
    const { status } = await asked(attempt, { more: [{ name: 'if-none-match', value: etag }] })
    return { with: 'etag', status }
  }
  if (modified === null) return { with: 'nothing', status: null }
  const { status } = await asked(attempt, { more: [{ name: 'if-modified-since', value: modified }] })
  return { with: 'last-modified', status }
}
