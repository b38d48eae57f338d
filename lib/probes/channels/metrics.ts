import { type Exposition, readExposition } from '#lib/probes/exposition.ts'
import type { MetricsProbe } from '#lib/probes/kinds/metrics.ts'
import type { MetricsObservation } from '#lib/probes/observations/metrics.ts'
import { maskSecrets, withoutControls } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { recordedHeaders } from '#lib/probes/response-headers.ts'
import type { HttpAnswer } from '#lib/server/egress/http.ts'
import { headerOf } from '#lib/server/egress/message.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { observedTls } from './phases.ts'

type Details = { hop: Hop | null; answer: HttpAnswer | null }

/** What Prometheus itself asks for. */
const ACCEPTED = [
  {
    name: 'accept',
    value: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  },
  { name: 'accept-encoding', value: 'gzip' },
]

export const metricsChannel: Channel<MetricsProbe, Details, MetricsObservation> = {
  blank: () => ({ hop: null, answer: null }),
  async look(attempt) {
    const { config, environment, details } = attempt
    const own = ACCEPTED.filter(({ name }) => !config.headers.some((header) => header.name === name))
    const headers = [...config.headers, ...own]
    const planned = plannedRequest({ config: { url: config.url, headers }, environment })
    if (!planned.ok) throw new ProbeStopped('config', planned.message)
    attempt.secrets = planned.secrets
    details.hop = planned.hop
    details.answer = await ask(attempt, { hop: planned.hop, maxBytes: config.maxBytes })
  },
  seen(attempt) {
    const { details, secrets, trace, startedAt } = attempt
    const { hop, answer } = details
    const body = answer?.body ?? null
    return {
      request: hop && sentRequest(hop, secrets),
      response: answer && {
        status: answer.status,
        httpVersion: answer.httpVersion,
        ...recordedHeaders({ lines: answer.headers, asked: [], secrets }),
      },
      tls: observedTls(trace, startedAt),
      body: body && {
        wireBytes: body.wireBytes,
        bytes: body.bytes.byteLength,
        encoding: body.encoding,
        cut: body.cut,
        sha256: body.cut === null ? sha256Hex(body.bytes) : null,
      },
      page: pageOf(attempt),
    }
  },
}

function pageOf({
  config,
  details: { answer },
  secrets,
  startedAt,
}: Attempt<MetricsProbe, Details>): MetricsObservation['page'] {
  if (answer === null || answer.body === null || answer.body.cut !== null) return null
  if (answer.status < 200 || answer.status > 299) return null
  const openMetrics = /^application\/openmetrics-text\b/i.test(headerOf(answer, 'content-type') ?? '')
  // Masked before it is read: what is wrong with a line is told by its beginning, which may end in half a secret.
  const text = maskSecrets(new TextDecoder().decode(answer.body.bytes), secrets)
  const found = readExposition(text, { openMetrics })
  const names = config.conditions.flatMap((check) => (check.on === 'family' ? [check.text] : []))
  return pageFacts({ found, names, startedAt })
}

function pageFacts({
  found,
  names,
  startedAt,
}: {
  found: Exposition
  names: readonly string[]
  startedAt: Date
}): NonNullable<MetricsObservation['page']> {
  const { format, wrong, families, series, duplicates, oldest } = found
  const age = oldest === null ? null : startedAt.getTime() - oldest
  return {
    format,
    wrong: wrong && { line: wrong.line, why: withoutControls(wrong.why) },
    families: families.size,
    series,
    duplicates: { count: duplicates.count, first: duplicates.first && withoutControls(duplicates.first) },
    asked: [...new Set(names)].map((family) => ({ family, samples: samplesOf(families, family) })),
    oldestAgeMs: age !== null && Number.isSafeInteger(age) ? age : null,
  }
}

/** A counter of OpenMetrics is called `x` and its sample `x_total`; people ask for either. */
function samplesOf(families: ReadonlyMap<string, number>, name: string): number {
  return families.get(name) ?? (name.endsWith('_total') ? (families.get(name.slice(0, -6)) ?? 0) : 0)
}
