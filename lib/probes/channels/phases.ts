import type { ObservedTls } from '#lib/probes/observations/base.ts'
import { newTrace, type Trace } from '#lib/server/egress/trace.ts'
import type { HostPort } from '#lib/shared/egress-policy.ts'
import type { Attempt } from './channel.ts'

type Tracing = Pick<Attempt<unknown, unknown>, 'trace' | 'spent' | 'target'>

/** Adds what the present connection spent to the attempt's sums. */
export function addPhases({ trace, spent }: Tracing): void {
  for (const phase of ['resolve', 'connect', 'tls', 'wait', 'transfer'] as const) {
    const ms = trace.phases[phase]
    if (ms !== undefined) spent[phase] = (spent[phase] ?? 0) + ms
  }
  trace.phases = {}
}

/** Begins the next connection of an attempt; what the earlier ones spent is kept in the sums. */
export function nextConnection(attempt: Tracing, target: HostPort): Trace {
  addPhases(attempt)
  attempt.trace = newTrace()
  attempt.target = target
  return attempt.trace
}

/** The host and port that an http, https, ws or wss address leads to. */
export function targetOf(url: URL): HostPort {
  const secure = url.protocol === 'https:' || url.protocol === 'wss:'
  return { host: url.hostname, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port) }
}

export function observedTls({ tls }: Trace, at: Date): ObservedTls | null {
  if (tls === null) return null
  const { certificate, ...handshake } = tls
  if (certificate === null) return { ...handshake, certificate }
  return { ...handshake, certificate: { ...certificate, daysLeft: daysBetween(at, certificate.validTo) } }
}

/** Whole days from one time to an ISO date; 0 when that is not a date. */
export function daysBetween(at: Date, until: string): number {
  const days = Math.floor((Date.parse(until) - at.getTime()) / 86_400_000)
  return Number.isSafeInteger(days) ? days : 0
}
