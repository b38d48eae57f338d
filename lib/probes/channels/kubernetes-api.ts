import { z } from 'zod'
import type { AskedRequest, HeaderLine } from '#lib/probes/observations/base.ts'
import { maskSecrets, withoutControls } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { ask, askedRequest } from './ask.ts'
import { type Attempt, ProbeStopped } from './channel.ts'

const MOST_BYTES = 10_485_760
const PAGE = 500
const MOST_PAGES = 20

export type KubernetesApi = {
  /** One object; null when the API says that it does not exist. */
  get: <T>(path: readonly string[], schema: z.ZodType<T>) => Promise<T | null>
  /** All objects of a collection, page by page. */
  list: <T>(
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    schema: z.ZodType<T>,
  ) => Promise<T[]>
}

const statusSchema = z.object({
  kind: z.literal('Status'),
  reason: z.string().nullish(),
  message: z.string().nullish(),
})
const listSchema = z.object({
  metadata: z.object({ continue: z.string().nullish() }).nullish(),
  items: z.array(z.unknown()).nullable(),
})

/** GET and nothing else. Throws ProbeStopped for what is no answer about the cluster, EgressFailure as every exchange. */
export function kubernetesApi(
  attempt: Attempt<
    unknown,
    { requests: { path: string; status: number }[]; asked?: AskedRequest | undefined }
  >,
  { base, written }: { base: Hop; written: readonly HeaderLine[] },
): KubernetesApi {
  const asked = async (path: readonly string[], query: Readonly<Record<string, string>>) => {
    const url = new URL(base.url)
    url.pathname = [url.pathname.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/')
    url.search = new URLSearchParams(query).toString()
    const hop = { ...base, url }
    attempt.details.asked ??= askedRequest(hop, { written, secrets: attempt.secrets })
    const { status, body } = await ask(attempt, { hop, maxBytes: MOST_BYTES })
    const clean = (text: string) => maskSecrets(text, attempt.secrets)
    attempt.details.requests.push({ path: clean(`/${path.join('/')}`), status })
    if (body !== null && body.cut !== null)
      throw new ProbeStopped('protocol', `the answer to /${path.join('/')} is too large to read`)
    return { status, json: parsed(body === null ? '' : clean(new TextDecoder().decode(body.bytes))) }
  }
  return {
    async get(path, schema) {
      const { status, json } = await asked(path, {})
      if (status === 404 && statusSchema.safeParse(json).data?.reason === 'NotFound') return null
      return fitting(json, { status, schema })
    },
    async list<T>(path: readonly string[], query: Readonly<Record<string, string>>, schema: z.ZodType<T>) {
      const found: T[] = []
      let next = ''
      for (let page = 0; page < MOST_PAGES; page++) {
        const { status, json } = await asked(path, {
          ...query,
          limit: String(PAGE),
          ...(next === '' ? {} : { continue: next }),
        })
        const { items, metadata } = fitting(json, { status, schema: listSchema })
        for (const item of items ?? []) found.push(fitting(item, { status, schema }))
        next = metadata?.continue ?? ''
        if (next === '') return found
      }
      throw new ProbeStopped('query', `there are more than ${PAGE * MOST_PAGES} objects; narrow the selector`)
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function fitting<T>(json: unknown, { status, schema }: { status: number; schema: z.ZodType<T> }): T {
  const said = statusSchema.safeParse(json).data?.message
  const why = said ? `: ${withoutControls(said).slice(0, 200).toWellFormed()}` : ''
  if (status === 401 || status === 403) {
    const what = status === 401 ? 'the token is not accepted' : 'the token may not read this'
    throw new ProbeStopped('access', `the Kubernetes API answered ${status}, ${what}${why}`)
  }
  if (status !== 200 && said !== undefined)
    throw new ProbeStopped('query', `the Kubernetes API answered ${status}${why}`)
  const result = schema.safeParse(json)
  if (status === 200 && result.success) return result.data
  throw new ProbeStopped('protocol', `what answered ${status} is not the Kubernetes API; check its address`)
}
