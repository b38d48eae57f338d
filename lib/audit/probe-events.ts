import { z } from 'zod'
import { items, key } from './event-parts.ts'

const observed = items.extend({
  observationId: z.uuid(),
  outcome: z.string(),
  verdict: z.string(),
  line: z.string(),
  configHash: z.string(),
  observationHash: z.string(),
})

/** Lines of the log about probes: who or what started them, and what they saw. */
export const probeEvents = {
  /** `cause`: absent where a person asked. */
  'run.probes_started': z.object({
    keys: z.array(key),
    cause: z.enum(['opening', 'stage', 'gate']).optional(),
  }),
  /** The worker by itself, before what was seen grows too old. */
  'run.probes_repeated': z.object({ keys: z.array(key) }),
  'run.probes_cancelled': z.object({ keys: z.array(key) }),
  'run.probe_observed': observed,
  /** Repeated by the worker itself, with the same outcome as before. */
  'run.probe_confirmed': observed,
  /** Seen by a probe in shadow: it counts for nothing. */
  'run.probe_shadowed': observed,
  'run.probe_blocked': z.object({ key, target: z.string(), why: z.string() }),
} as const
