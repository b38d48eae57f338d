import { z } from 'zod'
import { parsedJson, pick } from './body-facts.ts'
import { canonicalDecimal } from './decimals.ts'

/** What Loki answers to a metric query at one time (HTTP API, /loki/api/v1/query): at most one value is asked for. */
export const lokiCount = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })),
  }),
})

/** What it answers to a query for lines; only the times are read. */
export const lokiLines = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('streams'),
    result: z.array(
      z.object({ values: z.array(z.tuple([z.string().regex(/^\d{1,20}$/)]).rest(z.unknown())) }),
    ),
  }),
})

/** The one number; null for none, as Loki answers where nothing matches; undefined for several and for what is no number. */
export function lokiValue({ data }: z.infer<typeof lokiCount>): string | null | undefined {
  const [only, ...more] = data.result
  if (only === undefined) return null
  return more.length > 0 ? undefined : (canonicalDecimal(only.value[1]) ?? undefined)
}

/** Milliseconds from the newest line to `at`. */
export function newestMs({ data }: z.infer<typeof lokiLines>, at: Date): number | null {
  const times = data.result.flatMap(({ values }) => values.map(([nanoseconds]) => BigInt(nanoseconds)))
  const [newest] = times.sort((one, other) => (one < other ? 1 : -1))
  if (newest === undefined) return null
  return Math.max(0, at.getTime() - Number(newest / 1_000_000n))
}

/** The stream selector at the beginning of LogQL: what a query selects before it filters; null where there is none. */
export function selectorOf(query: string): string | null {
  return /^\s*(\{(?:[^"`}]|"(?:[^"\\]|\\.)*"|`[^`]*`)*\})/.exec(query)?.[1] ?? null
}

/** Did only some of an Elasticsearch answer's shards count? Then the number is too small. */
export const partial = z.union([
  z.object({ timed_out: z.literal(true) }),
  z.object({ _shards: z.object({ failed: z.number().min(1) }) }),
])

/** A number at a path of JSON, exact; null for anything else there. `twice`: the part of the path that stands twice. */
export function jsonNumberAt(text: string, path: string): { number: string | null; twice: string | null } {
  const { type, value } = pick({ path, root: parsedJson(text, [path]), secrets: [] })
  return {
    number: type === 'number' && value !== null ? canonicalDecimal(value) : null,
    twice: type === 'doubled' ? value : null,
  }
}
