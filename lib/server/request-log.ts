import type { IncomingMessage, ServerResponse } from 'node:http'
import { matchRoute, type RouteMatch, type RoutePattern } from '#lib/shared/route-pattern.ts'
import { log } from './log.ts'
import { type CurrentRequest, inRequest, REQUEST_ID_HEADER, requestIdFrom } from './requests.ts'
import { measureRequest } from './telemetry.ts'

/** What machines ask for all day; a line for each would hide what people do. */
const QUIET = new Set(['health', 'metrics', 'static'])

function levelOf({ kind }: RouteMatch, status: number): 'debug' | 'info' | 'warn' {
  if (status >= 500) return 'warn'
  return QUIET.has(kind) ? 'debug' : 'info'
}

const place = globalThis as { countersignPageFailed?: (error: unknown, route: string, part: string) => void }

/** A page that could not be drawn, under its request's id and with the digest that the person is shown. */
place.countersignPageFailed = (error, route, part) => {
  log().error({ err: error, route, part }, 'page failed')
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/'
}

/**
 * Answers a request with `work`, under an id that every line about it and its answer carry; leaves one line and one
 * measurement when it is over. A live stream counts until its headers: how long somebody watched is no latency.
 */
export function trackRequest({
  request,
  response,
  patterns,
  work,
}: {
  request: IncomingMessage
  response: ServerResponse
  patterns: readonly RoutePattern[]
  work: () => void
}): void {
  const since = performance.now()
  const current: CurrentRequest = { id: requestIdFrom(request.headers[REQUEST_ID_HEADER]) }
  request.headers[REQUEST_ID_HEADER] = current.id
  const isAction = request.headers['next-action'] !== undefined
  const match = matchRoute({ path: pathOf(request), patterns, isAction })
  let begun: number | null = null

  // The last moment before the headers go: whatever was set under this name before would be sent twice.
  const writeHead = response.writeHead
  response.writeHead = ((...words: Parameters<typeof writeHead>) => {
    begun ??= performance.now()
    response.setHeader(REQUEST_ID_HEADER, current.id)
    // A body that was given up half-way blocks its connection: the next request must not wait behind it for ever.
    if (request.destroyed && !request.complete) response.setHeader('connection', 'close')
    return writeHead.apply(response, words)
  }) as typeof writeHead

  response.once('close', () => {
    const over = performance.now()
    const { id, ...known } = current
    const status = response.headersSent ? response.statusCode : null
    const until = match.kind === 'live' ? (begun ?? over) : over
    measureRequest({ kind: match.kind, status, seconds: (until - since) / 1000 })
    const line = {
      requestId: id,
      method: request.method,
      ...match,
      status,
      ms: Math.round((over - since) * 10) / 10,
      ...(response.writableFinished ? {} : { cut: true }),
      ...known,
    }
    log()[levelOf(match, status ?? 0)](line, 'request')
  })
  inRequest(current, work)
}
