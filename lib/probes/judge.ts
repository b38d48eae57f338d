import { type ProbeConfig, windowOf } from './config.ts'
import { judgeLook } from './judge-look.ts'
import { judgeWindow } from './judge-window.ts'
import type { Judgement } from './judgement.ts'
import type { Observation } from './observation.ts'

/** The verdict of an observation under a configuration: pure, so a stored observation can be judged again by anyone. */
export function judge(config: ProbeConfig, observation: Observation): Judgement {
  const window = windowOf(config)
  if (window !== undefined && observation.kind === 'window')
    return judgeWindow({ ...config, window }, observation)
  if (window === undefined && observation.kind !== 'window') return judgeLook(config, observation)
  // Several looks are not one, nor one several: neither was what this configuration asks for.
  const line = 'seen by another kind of probe'
  return { outcome: 'error', verdict: 'inconclusive', conditions: [], line }
}
