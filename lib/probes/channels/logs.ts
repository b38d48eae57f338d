import type { LogsProbe } from '#lib/probes/kinds/logs.ts'
import {
  jsonNumberAt,
  lokiCount,
  lokiLines,
  lokiValue,
  newestMs,
  partial,
  selectorOf,
} from '#lib/probes/logs-answer.ts'
import type { LogsObservation } from '#lib/probes/observations/logs.ts'
import { placed } from '#lib/probes/place.ts'
import { maskSecrets } from '#lib/probes/redact.ts'
import { type Attempt, type BaseKey, type Channel, ProbeStopped } from './channel.ts'
import { type MeasuringApi, measuringApi } from './measuring-api.ts'
import { observedTls } from './phases.ts'

type Details = Omit<LogsObservation, BaseKey | 'tls'>
type LogsAttempt = Attempt<LogsProbe, Details>

/** Counts lines and reads times, never lines. What shows that lines flow is asked before what is looked for. */
export const logsChannel: Channel<LogsProbe, Details, LogsObservation> = {
  blank: () => ({ requests: [], query: null, flowQuery: null, count: null, flow: null, newest: null }),
  async look(attempt) {
    const { config, details } = attempt
    const isLoki = config.store === 'loki'
    const api = measuringApi(attempt, isLoki ? 'Loki' : 'the log store')
    const clean = (text: string | null) => (text === null ? null : maskSecrets(text, attempt.secrets))
    const query = filled(attempt, config.query)
    const flow =
      config.flow === null ? (isLoki ? selectorOf(query) : null) : filled(attempt, config.flow.query)
    details.query = clean(query)
    details.flowQuery = clean(flow)
    const counted = isLoki ? lokiCounted : jsonCounted
    if (flow !== null) details.flow = { value: await counted(attempt, { api, query: flow }) }
    const asks = (word: string) => config.conditions.some(({ on }) => on === word)
    if (asks('count')) details.count = { value: await counted(attempt, { api, query }) }
    if (asks('newest') && flow !== null)
      details.newest = { ageMs: await newestLine(attempt, { api, query: flow }) }
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}

function filled({ environment, config }: LogsAttempt, text: string): string {
  const { variables, name } = environment
  // Inside LogQL's quotes a quote or backslash of a value must not end them; in an address they mean nothing.
  const safe = (value: string) =>
    config.store === 'loki' ? value.replace(/[\\"'`]/g, '\\$&') : encodeURIComponent(value)
  const values = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, safe(value)]))
  const done = placed(text, { variables: values, name })
  if (!done.ok) throw new ProbeStopped('config', done.message)
  return done.text
}

type Question = { api: MeasuringApi; query: string }

async function lokiCounted(
  { config, startedAt }: LogsAttempt,
  { api, query }: Question,
): Promise<string | null> {
  const whole = `sum(count_over_time(${query} [${config.withinSeconds}s]))`
  const asked = [
    ['query', whole],
    ['time', `${startedAt.getTime()}000000`],
  ] as const
  const value = lokiValue(await api.get({ path: '/loki/api/v1/query', query: asked }, lokiCount))
  if (value === undefined)
    throw new ProbeStopped('protocol', 'Loki answered with something else than one number')
  return value
}

async function newestLine(
  { config, startedAt }: LogsAttempt,
  { api, query }: Question,
): Promise<number | null> {
  const now = startedAt.getTime()
  const asked = [
    ['query', query],
    ['start', `${now - config.withinSeconds * 1000}000000`],
    ['end', `${now}000000`],
    ['limit', '1'],
    ['direction', 'backward'],
  ] as const
  return newestMs(await api.get({ path: '/loki/api/v1/query_range', query: asked }, lokiLines), startedAt)
}

async function jsonCounted({ config }: LogsAttempt, { api, query }: Question): Promise<string | null> {
  if (!query.startsWith('/') || !URL.canParse(query, 'http://store.invalid'))
    throw new ProbeStopped(
      'config',
      'A question to a log store begins with a slash, as /logs-*/_count?q=level:error.',
    )
  const { pathname, searchParams } = new URL(query, 'http://store.invalid')
  const text = await api.text({ path: pathname, query: [...searchParams] })
  let json: unknown = null
  try {
    json = JSON.parse(text)
  } catch {
    throw new ProbeStopped('protocol', 'the answer of the log store is not JSON')
  }
  if (partial.safeParse(json).success)
    throw new ProbeStopped('query', 'only a part of the log store answered, so the count is too small')
  const { number, twice } = jsonNumberAt(text, config.path ?? '')
  if (twice !== null)
    throw new ProbeStopped('protocol', `${twice} stands twice in the answer of the log store`)
  return number
}
