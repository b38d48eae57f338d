import type { AskedRequest, HeaderLine } from '#lib/probes/observations/base.ts'
import { maskSecrets, maskSentHeader, maskUrl } from '#lib/probes/redact.ts'
import { type Hop, isSameHost } from '#lib/probes/redirect.ts'
import { variablesIn } from '#lib/probes/texts.ts'
import { exchange, type HttpAnswer } from '#lib/server/egress/http.ts'
import type { Guard } from '#lib/server/egress/socket.ts'
import type { Attempt } from './channel.ts'
import { nextConnection, targetOf } from './phases.ts'

/** One HTTP exchange of an attempt, redirects not followed. */
export function ask(
  attempt: Attempt<unknown, unknown>,
  {
    hop,
    from = hop,
    isNamed = true,
    ...how
  }: {
    hop: Hop
    /** Where redirects to it began. */
    from?: Hop
    /** False asks for it as its own address says. */
    isNamed?: boolean
    maxBytes: number
    http1?: boolean | undefined
    skipBody?: (status: number) => boolean
  },
): Promise<HttpAnswer> {
  const stays = isSameHost(from.url, hop.url)
  const { ca } = attempt.said
  if (!stays) attempt.said = ca === undefined ? {} : { ca }
  const { serverName: _name, ...said } = attempt.said
  if (!isNamed) attempt.said = said
  const { as: _names, ...rest } = attempt.guard
  const here = isNamed ? attempt.guard : { ...rest, tls: { ...rest.tls, serverName: undefined } }
  const guard = stays ? here : withoutNames(attempt.guard)
  return exchange({ ...hop, ...how }, guard, nextConnection(attempt, targetOf(hop.url)))
}

/** Behind a redirect to another host. */
export function withoutNames({ tls, as: _names, ...guard }: Guard): Guard {
  return { ...guard, tls: { ca: tls?.ca } }
}

/** The same of the first of several, where `written` are the headers as the probe has them: what they are filled with is nobody's to see. */
export function askedRequest(
  hop: Hop,
  { written, secrets }: { written: readonly HeaderLine[]; secrets: readonly string[] },
): AskedRequest {
  const { headers, ...request } = sentRequest(hop, secrets)
  const filled = written.filter(({ value }) => variablesIn(value).length > 0)
  return {
    ...request,
    headers: headers.filter(({ name }) => !filled.some((one) => one.name === name)),
    filled: filled.map(({ name, value }) => ({ name, value: maskSecrets(value, secrets) })),
  }
}

/** A request as it is kept. */
export function sentRequest({ method, url, headers, host }: Hop, secrets: readonly string[]) {
  return {
    method,
    url: maskUrl(url.href, secrets),
    headers: [...(host === undefined ? [] : [{ name: 'host', value: host }]), ...headers].map((header) =>
      maskSentHeader(header, secrets),
    ),
  }
}
