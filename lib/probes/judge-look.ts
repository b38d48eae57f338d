import type { ProbeConfig } from './config.ts'
import { judgeWith } from './judge-with.ts'
import type { Judgement } from './judgement.ts'
import { judgeOf } from './judges.ts'
import type { Look } from './observation.ts'

/** The verdict of one look. */
export function judgeLook(config: ProbeConfig, observation: Look): Judgement {
  return judgeWith(judgeOf(observation.kind), config, observation)
}
