import type { ProbeJudge } from './judged.ts'
import { compositeJudge } from './judges/composite.ts'
import { heartbeatJudge } from './judges/heartbeat.ts'
import { reportJudge } from './judges/report.ts'
import type { Look } from './observation.ts'
import { SINGLE_JUDGES } from './single-judges.ts'

const JUDGES = {
  ...SINGLE_JUDGES,
  composite: compositeJudge,
  report: reportJudge,
  heartbeat: heartbeatJudge,
} as const satisfies Record<Look['kind'], ProbeJudge>

export function judgeOf(kind: Look['kind']): ProbeJudge {
  return JUDGES[kind]
}
