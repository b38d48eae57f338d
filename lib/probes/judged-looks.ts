import { type ProbeConfig, windowOf } from './config.ts'
import { judgeLook } from './judge-look.ts'
import type { Judgement } from './judgement.ts'
import type { Observation } from './observation.ts'

/** What one look of a window came to by itself. */
export type JudgedLook = Pick<Judgement, 'outcome' | 'line' | 'conditions'>

/** Every look of a window judged again, in order; nothing of what is no window. */
export function judgedLooks(config: ProbeConfig, seen: Observation): JudgedLook[] {
  if (seen.kind !== 'window' || windowOf(config) === undefined) return []
  return seen.samples.map((look) => {
    const { outcome, line, conditions } = judgeLook(config, look)
    return { outcome, line, conditions }
  })
}
