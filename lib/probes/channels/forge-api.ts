import type { z } from 'zod'
import { rateLimitEnd } from '#lib/probes/forge-limit.ts'
import type { Told } from '#lib/probes/forge-told.ts'
import type { Forge } from '#lib/probes/kinds/forge.ts'
import type { AskedRequest, HeaderLine } from '#lib/probes/observations/base.ts'
import { maskSecrets } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { headerOf } from '#lib/server/egress/message.ts'
import { ask, askedRequest } from './ask.ts'
import { type Attempt, ProbeStopped } from './channel.ts'
import { limitWords, refusalOf } from './forge-refusal.ts'

const MOST_BYTES = 10_485_760
export const PAGE = 100
const MOST_PAGES = 10

type Query = Readonly<Record<string, string>>
export type ForgeApi = {
  get: <T>(path: readonly string[], schema: z.ZodType<T>, query?: Query) => Promise<T>
  /** What may be refused, or be absent, without an end of the attempt. */
  tell: <T>(path: readonly string[], schema: z.ZodType<T>, query?: Query) => Promise<Told<T>>
  /** Page by page to the last one; `itemsOf` finds the list in a page. */
  pages: <T, Item>(
    path: readonly string[],
    schema: z.ZodType<T>,
    itemsOf: (page: T) => readonly Item[],
  ) => Promise<Item[]>
  tellPages: <Item>(path: readonly string[], schema: z.ZodType<Item[]>) => Promise<Told<Item[]>>
}
type Asking = Attempt<
  unknown,
  { requests: { path: string; status: number }[]; asked?: AskedRequest | undefined }
>
/** `hasNext`: as its head says; null where it says nothing of pages. */
type Page<T> = Told<T> & { hasNext: boolean | null }

const NAMES: Readonly<Record<Forge, string>> = { github: 'GitHub', gitlab: 'GitLab' }
const REFUSALS = [301, 302, 307, 308, 403, 404, 410]

/** GET and nothing else. Throws ProbeStopped for what says nothing about the commit, EgressFailure as every exchange. */
export function forgeApi(
  attempt: Asking,
  {
    base,
    written,
    forge,
    what,
    token,
  }: {
    base: Hop
    /** Its headers as the probe has them. */
    written: readonly HeaderLine[]
    forge: Forge
    /** The repository, for messages. */
    what: string
    /** The variable of the token, for messages. */
    token: string | null
  },
): ForgeApi {
  const name = NAMES[forge]
  const page = async <T>(
    path: readonly string[],
    schema: z.ZodType<T>,
    { query = {}, mayRefuse }: { query?: Query | undefined; mayRefuse: boolean },
  ): Promise<Page<T>> => {
    const url = new URL(base.url)
    url.pathname = [url.pathname.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/')
    url.search = new URLSearchParams(query).toString()
    const hop = { ...base, url }
    attempt.details.asked ??= askedRequest(hop, { written, secrets: attempt.secrets })
    const { status, headers, body } = await ask(attempt, { hop, maxBytes: MOST_BYTES })
    attempt.details.requests.push({ path: maskSecrets(`/${path.join('/')}`, attempt.secrets), status })
    const end = rateLimitEnd({ status, headers, now: Date.now() })
    if (end !== null) throw new ProbeStopped('access', limitWords({ name, end, token }))
    if (mayRefuse && REFUSALS.includes(status)) return { status, value: null, hasNext: null }
    const moved = headerOf({ headers }, 'location') !== null
    if (status !== 200) throw refusalOf({ name, forge, what, token, status, moved })
    if (body !== null && body.cut !== null)
      throw new ProbeStopped('protocol', `the answer of ${name} is too large to read`)
    const read = schema.safeParse(parsed(body === null ? '' : new TextDecoder().decode(body.bytes)))
    if (!read.success)
      throw new ProbeStopped('protocol', `what answered is not the API of ${name}; check its url`)
    const link = headerOf({ headers }, 'link')
    return { status, value: read.data, hasNext: link === null ? null : /;\s*rel="?next"?/i.test(link) }
  }
  const all = async <T, Item>(
    path: readonly string[],
    schema: z.ZodType<T>,
    { itemsOf, mayRefuse }: { itemsOf: (page: T) => readonly Item[]; mayRefuse: boolean },
  ): Promise<Told<Item[]>> => {
    const items: Item[] = []
    for (let nth = 1; nth <= MOST_PAGES; nth++) {
      const query = { per_page: String(PAGE), page: String(nth) }
      const { status, value, hasNext } = await page(path, schema, { query, mayRefuse })
      if (value === null) return { status, value: null }
      const found = itemsOf(value)
      items.push(...found)
      if (!(hasNext ?? found.length >= PAGE)) return { status, value: items }
    }
    throw new ProbeStopped(
      'query',
      `${name} has more than ${PAGE * MOST_PAGES} entries of ${path.at(-1)}; they are not all read`,
    )
  }
  return {
    async get(path, schema, query) {
      return whole((await page(path, schema, { query, mayRefuse: false })).value)
    },
    async tell(path, schema, query) {
      const { status, value } = await page(path, schema, { query, mayRefuse: true })
      return { status, value }
    },
    async pages(path, schema, itemsOf) {
      return whole((await all(path, schema, { itemsOf, mayRefuse: false })).value)
    },
    tellPages: (path, schema) => all(path, schema, { itemsOf: (found) => found, mayRefuse: true }),
  }
}

/** For the types: what may not be refused is there or thrown. */
function whole<T>(value: T | null): T {
  if (value === null) throw new TypeError('a page that may not be refused has a value')
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
