import { configHash } from '#lib/probes/config.ts'
import type { CompositeProbe } from '#lib/probes/kinds/composite.ts'
import type { CompositeObservation } from '#lib/probes/observations/composite.ts'
import type { SingleLook } from '#lib/probes/single-look.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'

/**
 * All parts of a composite at once, each as `lookAt` looks at a probe by itself: with the whole's deadline and retries, which a part has
 * none of its own of. Never throws for what a target or the network does. A part that broke off leaves the others alone.
 */
export async function lookAtParts(
  { config, signal }: { config: CompositeProbe; signal: AbortSignal },
  lookAt: (config: SingleConfig) => Promise<SingleLook>,
): Promise<CompositeObservation> {
  const at = new Date().toISOString()
  const start = performance.now()
  const parts = await Promise.all(
    config.parts.map(async ({ name, probe }) => ({ name, look: await lookAt(probe) })),
  )
  const total = (Math.round((performance.now() - start) * 10) / 10).toString()
  return {
    v: 1,
    kind: 'composite',
    at,
    configHash: configHash(config),
    connection: null,
    phases: { resolve: null, connect: null, tls: null, wait: null, transfer: null, total },
    error: signal.aborted ? { kind: 'cancelled', message: 'cancelled' } : null,
    parts,
  }
}
