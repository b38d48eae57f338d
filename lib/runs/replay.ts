import { probeConfigSchema } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { canonical } from '#lib/shared/canonical.ts'

/** What comes of judging a kept observation again: what was kept, something else, or nothing as it cannot be read. */
export type Replay = { is: 'same' } | { is: 'other'; line: string } | { is: 'unreadable' }

/** Judges what was kept again, by the rules of this version. */
export function replay({
  config,
  observation,
  judgement,
}: {
  config: unknown
  observation: unknown
  judgement: Judgement
}): Replay {
  const asked = probeConfigSchema.safeParse(config)
  const seen = observationSchema.safeParse(observation)
  if (!asked.success || !seen.success) return { is: 'unreadable' }
  const now = judge(asked.data, seen.data)
  return canonical(now) === canonical(judgement) ? { is: 'same' } : { is: 'other', line: now.line }
}
