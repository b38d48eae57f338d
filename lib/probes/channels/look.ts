import { configHash, type PulledConfig } from '#lib/probes/config.ts'
import { PROBE_LIMITS } from '#lib/probes/limits.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { longestFirst, maskSecrets, spellingsOf } from '#lib/probes/redact.ts'
import { missingText } from '#lib/probes/request.ts'
import { isNetworkError, isSending } from '#lib/probes/retries.ts'
import { type RunTexts, runNamesOf, withRunTexts } from '#lib/probes/run-texts.ts'
import type { SingleLook } from '#lib/probes/single-look.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import { newTrace } from '#lib/server/egress/trace.ts'
import type { AllowEntry } from '#lib/shared/allow-entry.ts'
import { type Attempt, ProbeStopped } from './channel.ts'
import { channelOf } from './channel-of.ts'
import { addPhases } from './phases.ts'
import { placeOf, takePlace } from './places.ts'
import { termsOf } from './terms.ts'
import { closedText, type Unsealed, withoutUnsealed } from './unsealed.ts'

export type LookInput<Config extends PulledConfig = PulledConfig> = {
  config: Config
  /** The environment's variables, and its name for messages. */
  variables: Readonly<Record<string, string>>
  secrets?: Unsealed
  environmentName?: string
  allowList: readonly AllowEntry[]
  /** Aborting closes the socket at once; the observation then says `cancelled` and must not be stored. */
  signal: AbortSignal
  resolve?: Resolve
}

/** `isRetryable`: it broke off by an error of the network, and asking once more does no harm. */
export type Tried = { look: SingleLook; isRetryable: boolean }

/**
 * One try, as soon as there is a place at its target. The wait is not the target's: the clock starts behind it, and a look that got no place is an
 * error. Never throws for what the target or the network does.
 */
export async function tryInTurn(input: LookInput<SingleConfig>): Promise<Tried> {
  const { config, variables, secrets, signal } = input
  const place = placeOf(config, { ...variables, ...secrets?.values })
  if (place === null) return tryOnce(input)
  const { patienceMs, perPlace } = PROBE_LIMITS
  const leave = await takePlace(place, { signal, patienceMs })
  if (leave === null) {
    const message = `not asked: ${perPlace} other looks were at the same host and port for ${patienceMs / 1000} s. Look again, or let fewer probes and parts ask there`
    return tryOnce(input, new ProbeStopped('busy', message))
  }
  try {
    return await tryOnce(input)
  } finally {
    leave()
  }
}

/** At most `timeoutMs` from here to its end. `stopped`: why nothing may be asked. */
async function tryOnce(input: LookInput<SingleConfig>, stopped?: ProbeStopped): Promise<Tried> {
  const { config, secrets, environmentName = null, allowList, resolve, signal } = input
  const variables = { ...input.variables, ...secrets?.values }
  const { run, missing } = runOf(config, variables)
  const channel = channelOf(config.kind)
  const deadline = new AbortController()
  const environment = { variables, name: environmentName }
  const startedAt = new Date()
  const hidden = spellingsOf(Object.values(secrets?.values ?? {}))
  let known = hidden
  const blocked: NonNullable<Observation['blocked']> = []
  const attempt: Attempt<SingleConfig, unknown> = {
    config: withRunTexts(config, run),
    environment,
    guard: {
      ...{ allowList, resolve, kind: config.kind, signal: AbortSignal.any([signal, deadline.signal]) },
      secrets: hidden,
      onBlocked: ({ why, ...place }) => blocked.push({ ...place, why: `${attempt.during}${why}` }),
    },
    startedAt,
    // Whatever a channel finds out beside them: what a text is cut to must not be the beginning of a secret.
    get secrets() {
      return known
    },
    set secrets(found) {
      known = longestFirst([...hidden, ...found])
    },
    target: null,
    said: {},
    trace: newTrace(),
    spent: {},
    during: '',
    details: channel.blank(),
  }
  const start = performance.now()
  const timer = setTimeout(() => deadline.abort(), config.timeoutMs)
  let error: Observation['error'] = null
  try {
    if (stopped !== undefined) throw stopped
    const closed = secrets ? closedText(secrets) : null
    if (closed !== null) throw new ProbeStopped('config', closed)
    const sealed = Object.keys(secrets?.values ?? {})
    const terms = termsOf({ config, environment, sealed, now: startedAt })
    attempt.said = terms.said
    Object.assign(attempt.guard, terms.guard)
    if (missing !== null) throw new ProbeStopped('config', missing)
    await channel.look(attempt)
  } catch (thrown) {
    error = observedError({ thrown, attempt, cancelled: signal.aborted, late: deadline.signal.aborted })
  } finally {
    clearTimeout(timer)
    addPhases(attempt)
  }
  const { target, trace, spent } = attempt
  const ms = (value: number | undefined) => (value === undefined ? null : decimalMs(value))
  const base = {
    v: 1,
    kind: config.kind,
    at: startedAt.toISOString(),
    configHash: configHash(config),
    connection: target && {
      ...target,
      addresses: trace.addresses,
      used: trace.used,
      allowedBy: trace.allowedBy,
      ...attempt.said,
    },
    phases: {
      resolve: ms(spent.resolve),
      connect: ms(spent.connect),
      tls: ms(spent.tls),
      wait: ms(spent.wait),
      transfer: ms(spent.transfer),
      total: decimalMs(performance.now() - start),
    },
    error,
    ...(run === undefined ? {} : { run }),
    ...(blocked.length === 0 ? {} : { blocked: blocked.map((one) => maskedBlock(one, attempt.secrets)) }),
  }
  const look = withoutUnsealed({ base, channel, attempt, hidden })
  const { connected } = trace
  const wasSent = isSending(config) && (connected || spent.wait !== undefined)
  const isRetryable = error !== null && !wasSent && isNetworkError({ kind: error.kind, connected })
  return { look, isRetryable }
}

type KeptBlock = NonNullable<Observation['blocked']>[number]

function maskedBlock({ host, port, why }: KeptBlock, secrets: readonly string[]): KeptBlock {
  return { host: maskSecrets(host, secrets), port, why: maskSecrets(why, secrets) }
}

/** What the conditions ask of the run, and in words what of it there is none. */
function runOf(
  config: SingleConfig,
  variables: Readonly<Record<string, string>>,
): { run: RunTexts | undefined; missing: string | null } {
  const names = runNamesOf(config)
  if (names.length === 0) return { run: undefined, missing: null }
  const given = (name: string) => Object.hasOwn(variables, name) && variables[name] !== ''
  const missing = names.filter((name) => !given(name))
  return {
    run: Object.fromEntries(names.filter(given).map((name) => [name, variables[name] ?? ''])),
    missing: missing.length === 0 ? null : missingText({ missing, where: 'this run' }),
  }
}

function observedError({
  thrown,
  attempt,
  cancelled,
  late,
}: {
  thrown: unknown
  attempt: Attempt<SingleConfig, unknown>
  cancelled: boolean
  late: boolean
}): NonNullable<Observation['error']> {
  if (cancelled) return { kind: 'cancelled', message: 'cancelled' }
  if (late) {
    const { timeoutMs } = attempt.config
    const limit = timeoutMs % 1000 === 0 ? `${timeoutMs / 1000} s` : `${timeoutMs} ms`
    const { during } = attempt
    // Before an address was pinned the target has not been asked anything, so its silence proves nothing about it.
    if (attempt.trace.used === null)
      return { kind: 'dns', message: `${during}the name did not resolve within ${limit}` }
    return { kind: 'timeout', message: `${during}no whole answer within ${limit}` }
  }
  if (thrown instanceof EgressFailure || thrown instanceof ProbeStopped)
    return { kind: thrown.kind, message: maskSecrets(`${attempt.during}${thrown.message}`, attempt.secrets) }
  throw thrown
}

/** One fraction digit is what a person compares; the exact text is what the judge reads. */
function decimalMs(ms: number): string {
  return (Math.round(ms * 10) / 10).toString()
}
