import { type CorsProbe, isSuccess } from '#lib/probes/kinds/cors.ts'
import type { CorsObservation, Preflight } from '#lib/probes/observations/cors.ts'
import { placedAddress } from '#lib/probes/place.ts'
import { maskSecrets, withoutControls } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { headerOf } from '#lib/server/egress/message.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { observedTls } from './phases.ts'

type Details = { hop: Hop | null; own: Preflight | null; others: Preflight[]; plain: number | null }
type CorsAttempt = Attempt<CorsProbe, Details>

/** One that nobody has on a list (RFC 2606, 2), and the one of sandboxed pages and of files. */
const STRANGERS = ['https://cors-probe.invalid', 'null']
const LEAST_BYTES = 65_536
const LONGEST = 1024

/** The preflight of a browser (Fetch standard): for the origin of the probe, for a stranger, and for `null`. */
export const corsChannel: Channel<CorsProbe, Details, CorsObservation> = {
  blank: () => ({ hop: null, own: null, others: [], plain: null }),
  async look(attempt) {
    const { config, environment, details } = attempt
    const plan = plannedRequest({ config: { ...config, method: 'OPTIONS' }, environment })
    if (!plan.ok) throw new ProbeStopped('config', plan.message)
    attempt.secrets = plan.secrets
    const place = placedAddress(config.origin, { environment, schemes: ['http', 'https'] })
    if (!place.ok) throw new ProbeStopped('config', place.message)
    const hop = asking(plan.hop, { config, origin: place.url.origin })
    details.hop = hop
    details.own = await preflight(attempt, { hop, origin: place.url.origin })
    for (const origin of STRANGERS)
      details.others.push(await preflight(attempt, { hop: asking(plan.hop, { config, origin }), origin }))
    if (config.conditions.some(({ on }) => on === 'refuses-others') && !isSuccess(details.own.status))
      details.plain = (await ask(attempt, { hop: plain(plan.hop), maxBytes: LEAST_BYTES, skipBody })).status
  },
  seen: ({ details: { hop, own, others, plain }, secrets, trace, startedAt }) => ({
    ...{ request: hop && sentRequest(hop, secrets), own, others },
    ...(plain === null ? {} : { plain }),
    tls: observedTls(trace, startedAt),
  }),
}

const skipBody = () => true

/** The same address as a visitor asks for it who comes from nowhere. */
function plain(hop: Hop): Hop {
  const headers = hop.headers.filter(
    ({ name }) => name !== 'origin' && !name.startsWith('access-control-request-'),
  )
  return { ...hop, method: 'GET', headers }
}

function asking(hop: Hop, { config, origin }: { config: CorsProbe; origin: string }): Hop {
  const { verb, asks } = config
  return {
    ...hop,
    headers: [
      ...hop.headers.filter(({ name }) => name !== 'origin' && !name.startsWith('access-control-request-')),
      { name: 'origin', value: origin },
      { name: 'access-control-request-method', value: verb },
      ...(asks.length === 0
        ? []
        : [{ name: 'access-control-request-headers', value: [...asks].sort().join(',') }]),
    ],
  }
}

async function preflight(
  attempt: CorsAttempt,
  { hop, origin }: { hop: Hop; origin: string },
): Promise<Preflight> {
  const answer = await ask(attempt, { hop, maxBytes: LEAST_BYTES, skipBody })
  const said = (name: string) => {
    const value = headerOf(answer, `access-control-${name}`)
    return value === null ? null : withoutControls(maskSecrets(value, attempt.secrets)).slice(0, LONGEST)
  }
  return {
    ...{ from: origin, status: answer.status, origin: said('allow-origin') },
    ...{ methods: said('allow-methods'), headers: said('allow-headers') },
    ...{ credentials: said('allow-credentials'), maxAge: said('max-age') },
  }
}
