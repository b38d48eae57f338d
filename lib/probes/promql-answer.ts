import { z } from 'zod'
import { type PromqlObservation, SERIES_KEPT } from './observations/promql.ts'
import { maskSecrets, withoutControls } from './redact.ts'

type Result = NonNullable<PromqlObservation['result']>
export type PromqlAnswer =
  | { ok: true; result: Result; warnings: string[]; infos: string[] }
  | { ok: false; kind: 'query' | 'access' | 'protocol'; message: string }

const pair = z.tuple([z.number(), z.string()])
const labels = z.record(z.string(), z.string())
const notes = z.array(z.string()).optional()
const success = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      // A native histogram has no number to compare.
      result: z.array(z.object({ metric: labels, value: pair.optional() })),
    }),
    z.object({ resultType: z.literal('scalar'), result: pair }),
    z.object({ resultType: z.literal('matrix'), result: z.array(z.unknown()) }),
    z.object({ resultType: z.literal('string'), result: z.tuple([z.number(), z.string()]) }),
  ]),
  warnings: notes,
  infos: notes,
})
const failure = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() })

/**
 * What Prometheus answered to an instant query (HTTP API, format of a response). Anything but a scalar or a vector is an error of
 * the query: a range vector has many values at once, and none of them is the value.
 */
export function promqlAnswer({
  status,
  text,
  secrets,
}: {
  status: number
  text: string
  secrets: readonly string[]
}): PromqlAnswer {
  const clean = (said: string) => shortened(withoutControls(maskSecrets(said, secrets)))
  const json = parsed(text)
  if (status === 401 || status === 403)
    return { ok: false, kind: 'access', message: `Prometheus answered ${status}: it wants other credentials` }
  const failed = failure.safeParse(json)
  if (failed.success)
    return { ok: false, kind: 'query', message: `Prometheus answered ${status}: ${clean(failed.data.error)}` }
  const answer = success.safeParse(json)
  if (status < 200 || status > 299 || !answer.success)
    return {
      ok: false,
      kind: 'protocol',
      message: `what answered ${status} is not Prometheus; check the address`,
    }
  const { data, warnings = [], infos = [] } = answer.data
  const said = { warnings: warnings.slice(0, 10).map(clean), infos: infos.slice(0, 10).map(clean) }
  if (data.resultType === 'scalar')
    return {
      ok: true,
      result: { type: 'scalar', total: 1, series: [{ labels: '', value: data.result[1] }] },
      ...said,
    }
  if (data.resultType !== 'vector') {
    const what = data.resultType === 'matrix' ? 'a range vector' : 'a text'
    return { ok: false, kind: 'query', message: `the query gives ${what}, not one value for each series` }
  }
  const series = data.result.slice(0, SERIES_KEPT).map(({ metric, value }) => ({
    labels: clean(labelText(metric)),
    value: value?.[1] ?? 'a histogram',
  }))
  return { ok: true, result: { type: 'vector', total: data.result.length, series }, ...said }
}

/** The one number of a result; null when there is not exactly one. */
export function onlyValue({ total, series }: Result): string | null {
  return total === 1 ? (series[0]?.value ?? null) : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function labelText({ __name__: name = '', ...rest }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
  return `${name}{${pairs.join(', ')}}`.toWellFormed()
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300).toWellFormed()}…` : text.toWellFormed()
}
