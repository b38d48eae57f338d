import type { z } from 'zod'
import { rateLimitEnd } from '#lib/probes/forge-limit.ts'
import type { Forge } from '#lib/probes/kinds/forge.ts'
import { maskSecrets } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { ask, headerOf } from './ask.ts'
import { type Attempt, ProbeStopped } from './channel.ts'

const MOST_BYTES = 10_485_760
export const PAGE = 100
const MOST_PAGES = 10

export type ForgeApi = {
  get: <T>(
    path: readonly string[],
    schema: z.ZodType<T>,
    query?: Readonly<Record<string, string>>,
  ) => Promise<T>
  /** Page by page until one is not full; `itemsOf` finds the list in a page. */
  pages: <T, Item>(
    path: readonly string[],
    schema: z.ZodType<T>,
    itemsOf: (page: T) => readonly Item[],
  ) => Promise<Item[]>
}
type Asking = Attempt<unknown, { requests: { path: string; status: number }[] }>

const NAMES: Readonly<Record<Forge, string>> = { github: 'GitHub', gitlab: 'GitLab' }

/** GET and nothing else. Throws ProbeStopped for what says nothing about the commit, EgressFailure as every exchange. */
export function forgeApi(
  attempt: Asking,
  { base, forge, what }: { base: Hop; forge: Forge /** The repository, for messages. */; what: string },
): ForgeApi {
  const name = NAMES[forge]
  const get = async <T>(
    path: readonly string[],
    schema: z.ZodType<T>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<T> => {
    const url = new URL(base.url)
    url.pathname = [url.pathname.replace(/\/+$/, ''), ...path.map(encodeURIComponent)].join('/')
    url.search = new URLSearchParams(query).toString()
    const { status, headers, body } = await ask(attempt, { hop: { ...base, url }, maxBytes: MOST_BYTES })
    attempt.details.requests.push({ path: maskSecrets(`/${path.join('/')}`, attempt.secrets), status })
    const end = rateLimitEnd({ status, headers, now: Date.now() })
    if (end !== null) {
      const until = end === 'unknown' ? '' : ` until ${end.toISOString()}`
      throw new ProbeStopped(
        'access',
        `${name} wants to be asked less often: the limit of this token is used up${until}`,
      )
    }
    if (status === 401) throw new ProbeStopped('access', `${name} answered 401: the token is not accepted`)
    if (status === 403)
      throw new ProbeStopped('access', `${name} answered 403: the token may not read this of ${what}`)
    if (status === 404)
      throw new ProbeStopped(
        'access',
        `${name} answered 404: there is no ${what} with this commit, or the token may not see it`,
      )
    if (status === 422) throw new ProbeStopped('query', `${name} answered 422: ${what} has no such commit`)
    if (status >= 300 && status < 400)
      throw new ProbeStopped(
        'query',
        `${name} answered ${status}: ${what} has moved${headerOf({ headers }, 'location') === null ? '' : '; write its new name'}`,
      )
    if (status !== 200) throw new ProbeStopped('protocol', `${name} answered ${status}`)
    if (body !== null && body.cut !== null)
      throw new ProbeStopped('protocol', `the answer of ${name} is too large to read`)
    const read = schema.safeParse(parsed(body === null ? '' : new TextDecoder().decode(body.bytes)))
    if (!read.success) throw new ProbeStopped('protocol', `what answered is not the API of ${name}`)
    return read.data
  }
  return {
    get,
    async pages(path, schema, itemsOf) {
      const items: ReturnType<typeof itemsOf>[number][] = []
      for (let page = 1; page <= MOST_PAGES; page++) {
        const found = itemsOf(await get(path, schema, { per_page: String(PAGE), page: String(page) }))
        items.push(...found)
        if (found.length < PAGE) return items
      }
      throw new ProbeStopped(
        'query',
        `${name} has more than ${PAGE * MOST_PAGES} entries of ${path.at(-1)}; they are not all read`,
      )
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
