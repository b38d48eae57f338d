import type { PromqlProbe } from '#lib/probes/kinds/promql.ts'
import type { PromqlObservation } from '#lib/probes/observations/promql.ts'
import { placed } from '#lib/probes/place.ts'
import { onlyValue, type PromqlAnswer, promqlAnswer } from '#lib/probes/promql-answer.ts'
import { maskSecrets } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { ask, sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'

type Details = Omit<
  PromqlObservation,
  'v' | 'kind' | 'at' | 'configHash' | 'connection' | 'phases' | 'error' | 'evaluatedAt'
>
type PromqlAttempt = Attempt<PromqlProbe, Details>

const MOST_BYTES = 10_485_760

/** The query, and what decides whether its answer says anything, all evaluated at one time. */
export const promqlChannel: Channel<PromqlProbe, Details, PromqlObservation> = {
  blank: () => ({
    request: null,
    query: null,
    status: null,
    result: null,
    warnings: [],
    infos: [],
    samples: null,
    newest: null,
  }),
  async look(attempt) {
    const { config, environment, details } = attempt
    const { minSamples, fresh } = config
    const planned = plannedRequest({ config: { ...config, credentials: 'basic' }, environment })
    if (!planned.ok) throw new ProbeStopped('config', planned.message)
    attempt.secrets = planned.secrets
    const main = filled(attempt, config.query)
    details.query = maskSecrets(main, attempt.secrets)
    const asked = hopFor(planned.hop, { query: main, attempt })
    details.request = sentRequest(asked, attempt.secrets)
    // The companions first: an answer that says nothing is not waited for in vain when the time runs out.
    if (minSamples !== null) {
      const { result } = await answered(attempt, filled(attempt, minSamples.query), planned.hop)
      details.samples = { value: onlyValue(result) }
    }
    if (fresh !== null) {
      const age = `time() - max(timestamp(${filled(attempt, fresh.selector)}))`
      const { result } = await answered(attempt, age, planned.hop)
      details.newest = { age: onlyValue(result) }
    }
    const { result, warnings, infos } = await answered(attempt, main, planned.hop)
    details.result = result
    details.warnings.push(...warnings)
    details.infos.push(...infos)
  },
  seen: ({ details, startedAt }) => ({ ...details, evaluatedAt: startedAt.toISOString() }),
}

function filled({ environment }: PromqlAttempt, text: string): string {
  const { variables, name } = environment
  // Inside a label's quotes a quote or backslash of a value must not end them.
  const safe = Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [key, value.replace(/[\\"'`]/g, '\\$&')]),
  )
  const done = placed(text, { variables: safe, name })
  if (!done.ok) throw new ProbeStopped('config', done.message)
  return done.text
}

function hopFor(base: Hop, { query, attempt }: { query: string; attempt: PromqlAttempt }): Hop {
  const url = new URL(base.url)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/query`
  url.search = new URLSearchParams({
    query,
    time: String(attempt.startedAt.getTime() / 1000),
    timeout: `${attempt.config.timeoutMs}ms`,
  }).toString()
  return { ...base, url }
}

async function answered(
  attempt: PromqlAttempt,
  query: string,
  base: Hop,
): Promise<PromqlAnswer & { ok: true }> {
  const { details, secrets } = attempt
  const { status, body } = await ask(attempt, { hop: hopFor(base, { query, attempt }), maxBytes: MOST_BYTES })
  details.status = status
  if (body !== null && body.cut !== null)
    throw new ProbeStopped(
      'protocol',
      'the answer of Prometheus is too large to read; sum it up in the query',
    )
  const text = body === null ? '' : new TextDecoder().decode(body.bytes)
  const answer = promqlAnswer({ status, text, secrets })
  if (!answer.ok) throw new ProbeStopped(answer.kind, answer.message)
  return answer
}
