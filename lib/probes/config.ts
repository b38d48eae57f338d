import { canonical } from '#lib/shared/canonical.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { type HttpProbe, httpProbeSchema, PROBE_LIMITS } from './http-probe.ts'

/** The configuration of a probe of any kind. Hashing needs Node; the grammar and the schema run in a browser too. */
export type ProbeConfig = HttpProbe
export const probeConfigSchema = httpProbeSchema

/** SHA-256 of the canonical JSON: equal exactly when two configurations ask for the same thing. */
export function configHash(config: ProbeConfig): string {
  return sha256Hex(canonical(config))
}

/** How long a verdict of this probe may stand behind a GO, in seconds. */
export function shelfSecondsOf(config: ProbeConfig): number {
  return config.shelfSeconds ?? PROBE_LIMITS.shelfSeconds.usual
}
