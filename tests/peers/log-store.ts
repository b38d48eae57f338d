import { allow, look, serve } from './servers.ts'

export type Answer = { status?: number; body: unknown }

/** A stand-in for a log store, written from the published API: what it answers to each question. */
export async function store(answers: (url: URL) => Answer) {
  const asked: URL[] = []
  const { url } = await serve((request, response) => {
    const to = new URL(request.url ?? '/', 'http://store')
    asked.push(to)
    const { status = 200, body } = request.method === 'GET' ? answers(to) : { status: 405, body: 'GET' }
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  const at = (rest: string, variables: Record<string, string> = {}) =>
    look(`logs $\{STORE} ${rest}`, {
      variables: { STORE: url, ...variables },
      allowList: allow(new URL(url).host),
    })
  return { url, asked, at }
}

const vector = (...values: string[]) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: values.map((value) => ({ metric: {}, value: [1_767_225_600, value] })),
  },
})
const ago = (ms: number) => `${BigInt(Date.now() - ms) * 1_000_000n}`
const streams = (...times: string[]) => ({
  status: 'success',
  data: {
    resultType: 'streams',
    result: [{ stream: {}, values: times.map((time) => [time, 'patient 4711']) }],
  },
})
const isError = (url: URL) => (url.searchParams.get('query') ?? '').includes('|= "error"')

/** Loki with so many lines, so many of them errors; null: it leaves them out, as it does where it counts none. */
export const loki = (lines: string | null, errors: string | null, newest = ago(1000)) =>
  store((url) => {
    if (url.pathname.endsWith('/query_range'))
      return {
        body:
          lines === null ? { ...streams(), data: { resultType: 'streams', result: [] } } : streams(newest),
      }
    const value = isError(url) ? errors : lines
    return { body: vector(...(value === null ? [] : [value])) }
  })
