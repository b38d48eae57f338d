import { probeConfigSchema } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { type JudgedLook, judgedLooks } from '#lib/probes/judged-looks.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import { observationSchema, windowObservationSchema } from '#lib/probes/observation.ts'
import { canonical } from '#lib/shared/canonical.ts'

/** What comes of judging a kept observation again: what was kept, the same in other words, something else, or nothing as it cannot be read. */
export type Replay =
  | { is: 'same' }
  | { is: 'worded'; line: string }
  | { is: 'other'; line: string }
  | { is: 'unreadable' }

/** What is decided, without the words: those may be better in a later version, and a verdict stands through that. */
function decided({ outcome, verdict, conditions }: Judgement): string {
  return canonical({
    outcome,
    verdict,
    conditions: conditions.map(({ level, result }) => ({ level, result })),
  })
}

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
  if (canonical(now) === canonical(judgement)) return { is: 'same' }
  return { is: decided(now) === decided(judgement) ? 'worded' : 'other', line: now.line }
}

/** The same of each look of a window. */
export function looksOf({ config, observation }: { config: unknown; observation: unknown }): JudgedLook[] {
  const asked = probeConfigSchema.safeParse(config)
  const seen = windowObservationSchema.safeParse(observation)
  return asked.success && seen.success ? judgedLooks(asked.data, seen.data) : []
}
