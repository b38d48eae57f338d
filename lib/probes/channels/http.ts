import { bodyFacts } from '#lib/probes/body-facts.ts'
import { configHash, type ProbeConfig } from '#lib/probes/config.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { maskSecrets, maskSentHeader, maskUrl } from '#lib/probes/redact.ts'
import { type Hop, hopKey, isRedirect, nextHop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { recordedHeaders } from '#lib/probes/response-headers.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import { exchange, type HttpAnswer } from '#lib/server/egress/http.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import { newTrace, type Phase, type Trace } from '#lib/server/egress/trace.ts'
import type { AllowEntry } from '#lib/shared/allow-entry.ts'

export type ObserveInput = {
  config: ProbeConfig
  /** The environment's variables, and its name for messages. */
  variables: Readonly<Record<string, string>>
  environmentName?: string
  allowList: readonly AllowEntry[]
  /** Aborting closes the socket at once; the observation then says `cancelled` and must not be stored. */
  signal: AbortSignal
  resolve?: Resolve
}

type Attempt = {
  config: ProbeConfig
  startedAt: Date
  secrets: string[]
  hop: Hop | null
  trace: Trace
  spent: Partial<Record<Phase, number>>
  redirects: Observation['redirects']
  answer: HttpAnswer | null
  error: Observation['error']
}

class ProbeStopped extends Error {
  readonly kind: 'redirects' | 'config'
  constructor(kind: 'redirects' | 'config', message: string) {
    super(message)
    this.kind = kind
  }
}

/**
 * One attempt of an HTTP probe: at most `timeoutMs` from here to the end of the body, redirects included. Never throws
 * for what the target or the network does: that is in the observation's `error`.
 */
export async function observe(input: ObserveInput): Promise<Observation> {
  const { config, signal } = input
  const attempt: Attempt = {
    config,
    startedAt: new Date(),
    secrets: [],
    hop: null,
    trace: newTrace(),
    spent: {},
    redirects: [],
    answer: null,
    error: null,
  }
  const start = performance.now()
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), config.timeoutMs)
  try {
    await follow(attempt, input, AbortSignal.any([signal, deadline.signal]))
  } catch (error) {
    attempt.error = observedError({
      error,
      attempt,
      cancelled: signal.aborted,
      late: deadline.signal.aborted,
    })
  } finally {
    clearTimeout(timer)
    addPhases(attempt)
  }
  return observation(attempt, performance.now() - start)
}

async function follow(attempt: Attempt, input: ObserveInput, signal: AbortSignal): Promise<void> {
  const { config, variables, allowList, resolve } = input
  const planned = plannedRequest({ config, variables, environmentName: input.environmentName ?? null })
  if (!planned.ok) throw new ProbeStopped('config', planned.message)
  attempt.secrets = planned.secrets
  let hop = planned.hop
  const visited: string[] = []
  const willFollow = config.redirects.mode !== 'none'
  for (;;) {
    attempt.hop = hop
    visited.push(hopKey(hop))
    addPhases(attempt)
    attempt.trace = newTrace()
    const answer = await exchange(
      { ...hop, maxBytes: config.maxBytes, skipBody: (status) => willFollow && isRedirect(status) },
      { allowList, resolve, signal },
      attempt.trace,
    )
    const location = answer.headers.find(({ name }) => name === 'location')?.value ?? null
    const next = nextHop({ hop, status: answer.status, location, config, visited })
    if (next.step === 'refuse') throw new ProbeStopped('redirects', next.message)
    if (next.step === 'stay') {
      attempt.answer = answer
      return
    }
    attempt.redirects.push({
      status: answer.status,
      from: maskUrl(hop.url.href, attempt.secrets),
      to: maskUrl(next.hop.url.href, attempt.secrets),
    })
    hop = next.hop
  }
}

function observedError({
  error,
  attempt,
  cancelled,
  late,
}: {
  error: unknown
  attempt: Attempt
  cancelled: boolean
  late: boolean
}): NonNullable<Observation['error']> {
  if (cancelled) return { kind: 'cancelled', message: 'cancelled' }
  if (late) {
    const limit = `${attempt.config.timeoutMs} ms`
    // Before an address was pinned the target has not been asked anything, so its silence proves nothing about it.
    if (attempt.trace.used === null)
      return { kind: 'dns', message: `the name did not resolve within ${limit}` }
    return { kind: 'timeout', message: `no whole answer within ${limit}` }
  }
  if (error instanceof EgressFailure || error instanceof ProbeStopped)
    return { kind: error.kind, message: maskSecrets(error.message, attempt.secrets) }
  throw error
}

function addPhases({ trace, spent }: Attempt): void {
  for (const phase of ['resolve', 'connect', 'tls', 'wait', 'transfer'] as const) {
    const ms = trace.phases[phase]
    if (ms !== undefined) spent[phase] = (spent[phase] ?? 0) + ms
  }
  trace.phases = {}
}

function observation(attempt: Attempt, totalMs: number): Observation {
  const { config, hop, trace, spent, answer, secrets, startedAt } = attempt
  const ms = (value: number | undefined) => (value === undefined ? null : decimalMs(value))
  return {
    v: 1,
    kind: 'http',
    at: startedAt.toISOString(),
    configHash: configHash(config),
    request:
      hop === null
        ? null
        : {
            method: hop.method,
            url: maskUrl(hop.url.href, secrets),
            headers: hop.headers.map((header) => maskSentHeader(header, secrets)),
          },
    connection:
      hop === null
        ? null
        : {
            host: hop.url.hostname,
            port: hop.url.port === '' ? (hop.url.protocol === 'https:' ? 443 : 80) : Number(hop.url.port),
            addresses: trace.addresses,
            used: trace.used,
            allowedBy: trace.allowedBy,
          },
    phases: {
      resolve: ms(spent.resolve),
      connect: ms(spent.connect),
      tls: ms(spent.tls),
      wait: ms(spent.wait),
      transfer: ms(spent.transfer),
      total: decimalMs(totalMs),
    },
    response:
      answer === null
        ? null
        : {
            status: answer.status,
            httpVersion: answer.httpVersion,
            ...recordedHeaders({ lines: answer.headers, config, secrets }),
          },
    body: observedBody(attempt),
    tls: observedTls(trace, startedAt),
    redirects: attempt.redirects,
    error: attempt.error,
  }
}

function observedBody({ answer, config, secrets }: Attempt): Observation['body'] {
  if (answer === null || answer.body === null) return null
  const type = answer.headers.find(({ name }) => name === 'content-type')?.value ?? ''
  const charset = /;\s{0,8}charset="?([\w-]{1,40})/i.exec(type)?.[1] ?? null
  return bodyFacts({ read: answer.body, config, charset, secrets })
}

function observedTls({ tls }: Trace, at: Date): Observation['tls'] {
  if (tls === null) return null
  const { certificate, ...handshake } = tls
  if (certificate === null) return { ...handshake, certificate }
  const daysLeft = Math.floor((Date.parse(certificate.validTo) - at.getTime()) / 86_400_000)
  return {
    ...handshake,
    certificate: { ...certificate, daysLeft: Number.isSafeInteger(daysLeft) ? daysLeft : 0 },
  }
}

/** One fraction digit is what a person compares; the exact text is what the judge reads. */
function decimalMs(ms: number): string {
  return (Math.round(ms * 10) / 10).toString()
}
