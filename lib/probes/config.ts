import { z } from 'zod'
import { canonical } from '#lib/shared/canonical.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { isRunVariable } from '#lib/shared/run-variables.ts'
import { connectionVariables, isPulled, type Window } from './base-probe.ts'
import { compositeProbeSchema } from './kinds/composite.ts'
import { heartbeatProbeSchema } from './kinds/heartbeat.ts'
import { reportProbeSchema } from './kinds/report.ts'
import { grammarOf, type PulledKind } from './kinds.ts'
import { PROBE_LIMITS } from './limits.ts'
import { singleProbeSchema } from './single-probe.ts'
import { variablesIn } from './texts.ts'

/** The configuration of a probe of any kind. Hashing needs Node; the grammar and the schemas run in a browser too. */
export const probeConfigSchema = z.discriminatedUnion('kind', [
  singleProbeSchema,
  compositeProbeSchema,
  reportProbeSchema,
  heartbeatProbeSchema,
])
export type ProbeConfig = z.infer<typeof probeConfigSchema>
/** Of the kinds that look; only they have a channel. */
export type PulledConfig = ConfigOf<PulledKind | 'composite'>
export type ConfigOf<Kind extends ProbeConfig['kind']> = Extract<ProbeConfig, { kind: Kind }>

/** SHA-256 of the canonical JSON: equal exactly when two configurations ask for the same thing. */
export function configHash(config: ProbeConfig): string {
  return sha256Hex(canonical(config))
}

/** How long a verdict of this probe may stand behind a GO, in seconds. */
export function shelfSecondsOf(config: ProbeConfig): number {
  return config.shelfSeconds ?? grammarOf(config.kind).usualShelf?.(config) ?? PROBE_LIMITS.shelfSeconds.usual
}

/** The window of several looks, where there is one. */
export function windowOf(config: ProbeConfig): Window | undefined {
  return isPulled(config) ? config.window : undefined
}

/** The variables that an environment must have for this probe, each once, in order; what the run itself gives is none of them. */
export function variablesOf(config: ProbeConfig): string[] {
  const names = new Set(grammarOf(config.kind).sent(config).flatMap(variablesIn))
  if (isPulled(config)) for (const name of connectionVariables(config)) names.add(name)
  return [...names].filter((name) => !isRunVariable(name))
}

/** Everything that an environment is asked for by this probe, the switches of `if-set` too. */
export function askedOf(config: ProbeConfig): string[] {
  return [...new Set([...variablesOf(config), ...(config.ifSet ?? [])])]
}

/** Does a run go without this probe, as the environment does not have what it is asked only with? */
export function isLeftOut(config: ProbeConfig, isSet: (name: string) => boolean): boolean {
  return config.ifSet !== undefined && !askedOf(config).every(isSet)
}
