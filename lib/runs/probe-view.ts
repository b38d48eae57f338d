import type { ProbeConfig } from '#lib/probes/config.ts'
import { printProbe } from '#lib/probes/print.ts'
import type { Meaning } from '#lib/probes/reports/formats.ts'

/** What somebody else has to push before a probe can see anything; null of a probe that looks by itself. */
export type WaitsFor =
  | { kind: 'report'; meaning: Meaning; name: string | null }
  | { kind: 'heartbeat'; name: string }

function waitsFor(probe: ProbeConfig): WaitsFor | null {
  if (probe.kind === 'report') return { kind: 'report', meaning: probe.meaning, name: probe.name }
  return probe.kind === 'heartbeat' ? { kind: 'heartbeat', name: probe.name } : null
}

/** A probe as a screen names it. */
export type ProbeView = { kind: ProbeConfig['kind']; text: string; waits: WaitsFor | null }

export function probeView(probe: ProbeConfig): ProbeView {
  return { kind: probe.kind, text: printProbe(probe), waits: waitsFor(probe) }
}
