import { maskSentHeader, maskUrl } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { exchange, type HttpAnswer } from '#lib/server/egress/http.ts'
import type { Attempt } from './channel.ts'
import { nextConnection, targetOf } from './phases.ts'

/** One HTTP exchange of an attempt, redirects not followed. */
export function ask(
  attempt: Attempt<unknown, unknown>,
  {
    hop,
    ...how
  }: {
    hop: Hop
    maxBytes: number
    ca?: readonly string[] | undefined
    skipBody?: (status: number) => boolean
  },
): Promise<HttpAnswer> {
  return exchange({ ...hop, ...how }, attempt.guard, nextConnection(attempt, targetOf(hop.url)))
}

/** A request as it is kept. */
export function sentRequest({ method, url, headers }: Hop, secrets: readonly string[]) {
  return {
    method,
    url: maskUrl(url.href, secrets),
    headers: headers.map((header) => maskSentHeader(header, secrets)),
  }
}

export function headerOf({ headers }: Pick<HttpAnswer, 'headers'>, name: string): string | null {
  const lines = headers.filter((header) => header.name === name)
  return lines.length === 0 ? null : lines.map(({ value }) => value).join(', ')
}
