import http from 'node:http'
import type { AddressInfo } from 'node:net'

export const TOKEN = 'ghp_opaque-token-of-a-test'
export const SHA = '8f3c2d1a'.padEnd(40, '0')
export const HEAD = 'beef'.padEnd(40, '1')

export type Json = Record<string, unknown>
export type Answers = Record<string, unknown>
/** What is read page by page inside of an answer. */
const LISTS = ['check_runs', 'statuses']

/**
 * A stand-in for the interface of a forge, written from the published descriptions: the JSON that a test has put under a path, lists
 * page by page (`page`, `per_page`; with a Link head where `links` says so, as GitHub does), 401 without the token, 404 for what is not
 * there. `refuse` answers everything with a status and headers, `statuses` one path.
 */
export async function startForge() {
  const answers: Answers = {}
  const asked: string[] = []
  const state: {
    refuse: { status: number; headers?: Record<string, string> } | null
    /** What the next questions of a path are answered with, one after another. */
    next: Record<string, unknown[]>
    wants: boolean
    /** Paths that are answered with a status and nothing else. */
    statuses: Record<string, number>
    links: boolean
    /** What a page holds at most, whatever is asked for. */
    most: number
  } = { refuse: null, next: {}, wants: true, statuses: {}, links: true, most: 100 }
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://forge')
    const path = url.pathname
    asked.push(`${request.method} ${path}${url.search}`)
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    if (state.refuse) return answer(state.refuse.status, { message: 'no' }, state.refuse.headers)
    if (request.method !== 'GET') return answer(405, { message: 'no' })
    if (state.wants && request.headers.authorization !== `Bearer ${TOKEN}`)
      return answer(401, { message: 'Bad credentials' })
    const status = state.statuses[path]
    if (status !== undefined) return answer(status, { message: 'no' })
    const found = state.next[path]?.shift() ?? answers[path]
    if (found === undefined) return answer(404, { message: 'Not Found' })
    const size = Math.min(state.most, Number(url.searchParams.get('per_page') ?? '30'))
    const nth = Number(url.searchParams.get('page') ?? '1')
    const paged = (all: unknown[]) => all.slice((nth - 1) * size, nth * size)
    const list = Array.isArray(found)
      ? found
      : Object.entries(found as Json).flatMap(([name, value]) =>
          LISTS.includes(name) && Array.isArray(value) ? value : [],
        )
    const last = Math.max(1, Math.ceil(list.length / size))
    const to = (page: number, rel: string) =>
      `<http://forge${path}?per_page=${size}&page=${page}>; rel="${rel}"`
    const links = [
      ...(nth < last ? [to(nth + 1, 'next'), to(last, 'last')] : []),
      ...(nth > 1 ? [to(1, 'first')] : []),
    ]
    const headers: Record<string, string> = state.links && links.length > 0 ? { link: links.join(', ') } : {}
    if (Array.isArray(found)) return answer(200, paged(found), headers)
    const whole = Object.entries(found as Json).map(([name, value]) => [
      name,
      LISTS.includes(name) && Array.isArray(value) ? paged(value) : value,
    ])
    return answer(200, Object.fromEntries(whole), headers)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    answers,
    asked,
    state,
    reset() {
      for (const key of Object.keys(answers)) delete answers[key]
      asked.length = 0
      Object.assign(state, { refuse: null, next: {}, wants: true, statuses: {}, links: true, most: 100 })
    },
    close: () => server.close(),
  }
}
